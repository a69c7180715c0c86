package dev.baton.directline.server;

import dev.baton.activity.OutboundUrls;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** How the Direct Line service behaves. Everything but the folder for uploads has a default. */
public final class DirectLineServerConfig {

  /** Types that neither browsers nor office programs run as code. */
  public static final Set<String> DEFAULT_UPLOAD_TYPES =
      Set.of(
          "image/png",
          "image/jpeg",
          "image/gif",
          "image/webp",
          "image/heic",
          "application/pdf",
          "text/plain",
          "text/csv",
          "audio/mpeg",
          "audio/ogg",
          "audio/wav",
          "audio/webm",
          "video/mp4",
          "video/webm",
          "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
          "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
          "application/vnd.openxmlformats-officedocument.presentationml.presentation");

  final Path uploads;
  String prefix = "/v3/directline";
  AllowedOrigins origins = AllowedOrigins.none();
  Duration tokenLife = Duration.ofHours(1);
  int pageTokensPerMinute;
  Duration streamUrlLife = Duration.ofSeconds(60);
  int maxActivity = 256 * 1024;
  int maxUpload = 4 * 1024 * 1024;
  Set<String> uploadTypes = DEFAULT_UPLOAD_TYPES;
  Duration uploadLife = Duration.ofHours(24);
  Duration keepAlive = Duration.ofSeconds(20);
  Duration bodyIdle = Duration.ofSeconds(10);
  Duration bodyTotal = Duration.ofSeconds(60);
  URI publicUrl;
  boolean trustForwarded;
  OutboundUrls outboundUrls = new OutboundUrls(List.of());

  /**
   * @param uploads folder where uploaded files are kept; made when missing
   */
  public DirectLineServerConfig(Path uploads) {
    this.uploads = uploads;
  }

  /**
   * Path under which the service stands: starts with a slash, ends without one. Default: {@code
   * /v3/directline}.
   */
  public DirectLineServerConfig prefix(String prefix) {
    if (!prefix.startsWith("/") || prefix.endsWith("/")) {
      throw new IllegalArgumentException(
          "Path prefix '" + prefix + "': it must start with a slash and end without one");
    }
    this.prefix = prefix;
    return this;
  }

  /** Pages that may call the service from a browser. Default: none. */
  public DirectLineServerConfig origins(AllowedOrigins origins) {
    this.origins = origins;
    return this;
  }

  /** How long a token is good. Default: 1 h. */
  public DirectLineServerConfig tokenLife(Duration tokenLife) {
    this.tokenLife = tokenLife;
    return this;
  }

  /**
   * How many tokens pages without a back end get per minute and remote address; 0 sets no limit.
   * Default: 0.
   */
  public DirectLineServerConfig pageTokensPerMinute(int pageTokensPerMinute) {
    this.pageTokensPerMinute = pageTokensPerMinute;
    return this;
  }

  /** How long a {@code streamUrl} may wait to be opened. Default: 60 s. */
  public DirectLineServerConfig streamUrlLife(Duration streamUrlLife) {
    this.streamUrlLife = streamUrlLife;
    return this;
  }

  /** Bytes of one activity, serialised. Default: 256 KB. */
  public DirectLineServerConfig maxActivity(int maxActivity) {
    this.maxActivity = maxActivity;
    return this;
  }

  /** Bytes of all files of one upload. Default: 4 MB. */
  public DirectLineServerConfig maxUpload(int maxUpload) {
    this.maxUpload = maxUpload;
    return this;
  }

  /**
   * Media types accepted as uploads; {@code image/*} stands for a family. Default: {@link
   * #DEFAULT_UPLOAD_TYPES}.
   */
  public DirectLineServerConfig uploadTypes(Set<String> uploadTypes) {
    this.uploadTypes = Set.copyOf(uploadTypes);
    return this;
  }

  /** How long an uploaded file is kept. Default: 24 h. */
  public DirectLineServerConfig uploadLife(Duration uploadLife) {
    this.uploadLife = uploadLife;
    return this;
  }

  /**
   * Interval of empty frames on streams; a client silent for three of them is taken for gone.
   * Default: 20 s.
   */
  public DirectLineServerConfig keepAlive(Duration keepAlive) {
    this.keepAlive = keepAlive;
    return this;
  }

  /** How long a request's body may pause, and take altogether. Default: 10 s and 60 s. */
  public DirectLineServerConfig bodyTimes(Duration bodyIdle, Duration bodyTotal) {
    this.bodyIdle = bodyIdle;
    this.bodyTotal = bodyTotal;
    return this;
  }

  /**
   * How clients reach the service, without the prefix; null takes it from each request. Default:
   * null.
   */
  public DirectLineServerConfig publicUrl(URI publicUrl) {
    this.publicUrl = publicUrl;
    return this;
  }

  /**
   * Whether {@code X-Forwarded-Proto} and {@code X-Forwarded-Host} are believed. Default: false.
   */
  public DirectLineServerConfig trustForwarded(boolean trustForwarded) {
    this.trustForwarded = trustForwarded;
    return this;
  }

  /** Judges the URLs of attachments. Default: no inner address is allowed. */
  public DirectLineServerConfig outboundUrls(OutboundUrls outboundUrls) {
    this.outboundUrls = outboundUrls;
    return this;
  }
}
