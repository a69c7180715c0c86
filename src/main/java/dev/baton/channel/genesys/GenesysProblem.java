package dev.baton.channel.genesys;

/** Why a call of Genesys is refused. */
final class GenesysProblem extends RuntimeException {
  private final int status;
  private final String code;
  private final String title;

  GenesysProblem(int status, String code, String title, String detail) {
    super(detail);
    this.status = status;
    this.code = code;
    this.title = title;
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String title() {
    return title;
  }
}
