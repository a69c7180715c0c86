package dev.baton.directline;

/**
 * Nobody knows whether the activity reached the bot: the request was sent, failed, and no echo was
 * found in time. A repeat must carry {@link DirectLineConstants#REDELIVERED} and the same {@link
 * DirectLineConstants#MARK}, so that the echo is looked for once more before anything is posted.
 */
public class DirectLineUncertainException extends DirectLineException {
  public DirectLineUncertainException(String message, int status, String code, Throwable cause) {
    super(message, status, code, cause);
  }
}
