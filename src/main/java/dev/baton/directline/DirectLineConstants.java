package dev.baton.directline;

import org.apache.camel.spi.Metadata;

/** Headers of the {@code directline:} component. */
public final class DirectLineConstants {

  @Metadata(
      description = "The caller's own key of the conversation; the consumer gives it back",
      javaType = "String")
  public static final String KEY = "CamelDirectLineKey";

  @Metadata(description = "Direct Line's id of the conversation", javaType = "String")
  public static final String CONVERSATION_ID = "CamelDirectLineConversationId";

  @Metadata(
      description =
          "Direct Line's id of the activity; missing for typing and where the service gave none",
      javaType = "String")
  public static final String ACTIVITY_ID = "CamelDirectLineActivityId";

  @Metadata(
      label = "consumer",
      description =
          "The watermark that came with the activity's set; only on the last activity of a set",
      javaType = "String")
  public static final String WATERMARK = "CamelDirectLineWatermark";

  @Metadata(
      label = "consumer",
      description = "The activity's type, for example message, event, typing",
      javaType = "String")
  public static final String ACTIVITY_TYPE = "CamelDirectLineActivityType";

  @Metadata(
      label = "consumer",
      description = "How often this activity was given to the route, from 1",
      javaType = "int")
  public static final String ATTEMPT = "CamelDirectLineAttempt";

  @Metadata(
      label = "producer",
      description = "The operation; overrides the endpoint's",
      javaType = "dev.baton.directline.DirectLineOperation")
  public static final String OPERATION = "CamelDirectLineOperation";

  @Metadata(
      label = "producer",
      description =
          "A stable id of this delivery, the same at every attempt. It travels in the activity's"
              + " channelData, so that the echo is recognised. Made up when missing",
      javaType = "String")
  public static final String MARK = "CamelDirectLineMark";

  @Metadata(
      label = "producer",
      description =
          "true when an earlier attempt with the same mark may have reached the service: its echo"
              + " is then looked for before anything is posted",
      javaType = "boolean",
      defaultValue = "false")
  public static final String REDELIVERED = "CamelDirectLineRedelivered";

  @Metadata(
      label = "producer",
      description = "Name of an uploaded file",
      javaType = "String",
      defaultValue = "file")
  public static final String FILE_NAME = "CamelDirectLineFileName";

  @Metadata(
      label = "producer",
      description = "Media type of an uploaded file",
      javaType = "String",
      defaultValue = "application/octet-stream")
  public static final String FILE_TYPE = "CamelDirectLineFileType";

  @Metadata(
      label = "producer",
      description = "The activity that carries an uploaded file",
      javaType = "java.util.Map")
  public static final String ACTIVITY = "CamelDirectLineActivity";

  /**
   * Exchange property after a post: an {@code io.vertx.core.Future} that completes when the route
   * has processed what the bot had sent before the post was answered.
   */
  public static final String READ = "CamelDirectLineRead";

  private DirectLineConstants() {}
}
