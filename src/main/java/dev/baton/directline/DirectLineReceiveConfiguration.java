package dev.baton.directline;

import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** Options of receiving: how soon, how often, how many. Times are milliseconds. */
@UriParams
public abstract class DirectLineReceiveConfiguration {

  @UriParam(
      label = "consumer",
      javaType = "java.time.Duration",
      defaultValue = "300ms",
      description = "Polling: time from a post to the next poll")
  private long pollAfterPost = 300;

  @UriParam(
      label = "consumer",
      javaType = "java.time.Duration",
      defaultValue = "1s",
      description = "Polling: interval while something happens")
  private long pollInterval = 1_000;

  @UriParam(
      label = "consumer",
      javaType = "java.time.Duration",
      defaultValue = "10s",
      description = "Polling: longest interval when all is quiet")
  private long pollMaxInterval = 10_000;

  @UriParam(
      label = "consumer",
      javaType = "java.time.Duration",
      defaultValue = "30s",
      description =
          "Polling: how long after the latest activity or post the interval begins to grow")
  private long pollQuietAfter = 30_000;

  @UriParam(
      label = "consumer",
      javaType = "java.time.Duration",
      defaultValue = "3s",
      description =
          "WebSocket: when nothing arrived for so long after a post, the service is also asked by GET")
  private long socketCheck = 3_000;

  @UriParam(
      label = "consumer",
      javaType = "java.time.Duration",
      defaultValue = "20s",
      description = "WebSocket: interval of empty frames")
  private long keepAlive = 20_000;

  @UriParam(
      label = "consumer",
      javaType = "java.time.Duration",
      defaultValue = "3s",
      description =
          "WebSocket: shortest wait before it is opened again; the actual one is random. None at all when the lost one had been stable for a minute")
  private long reconnectDelayMin = 3_000;

  @UriParam(
      label = "consumer",
      javaType = "java.time.Duration",
      defaultValue = "15s",
      description =
          "WebSocket: longest wait before it is opened again for the first time; doubles with each failure")
  private long reconnectDelayMax = 15_000;

  @UriParam(
      label = "consumer",
      javaType = "java.time.Duration",
      defaultValue = "5m",
      description = "WebSocket: limit for that doubling")
  private long reconnectDelayLimit = 300_000;

  @UriParam(
      label = "consumer",
      javaType = "java.time.Duration",
      defaultValue = "1s",
      description = "After a restart, sessions are resumed at random times within this span")
  private long resumeSpread = 1_000;

  @UriParam(
      label = "consumer",
      defaultValue = "16",
      description = "How many conversations reconnect at the same time")
  private int resumeConcurrency = 16;

  @UriParam(
      label = "consumer",
      javaType = "java.time.Duration",
      defaultValue = "500ms",
      description =
          "Wait before an activity whose route failed is tried again; doubles with each failure")
  private long retryDelay = 500;

  @UriParam(
      label = "consumer",
      javaType = "java.time.Duration",
      defaultValue = "30s",
      description = "Longest such wait")
  private long retryMaxDelay = 30_000;

  @UriParam(
      label = "consumer",
      defaultValue = "64",
      description =
          "Activities of one conversation that may wait for the route before receiving pauses")
  private int receiveBuffer = 64;

  public long getPollAfterPost() {
    return pollAfterPost;
  }

  public void setPollAfterPost(long pollAfterPost) {
    this.pollAfterPost = pollAfterPost;
  }

  public long getPollInterval() {
    return pollInterval;
  }

  public void setPollInterval(long pollInterval) {
    this.pollInterval = pollInterval;
  }

  public long getPollMaxInterval() {
    return pollMaxInterval;
  }

  public void setPollMaxInterval(long pollMaxInterval) {
    this.pollMaxInterval = pollMaxInterval;
  }

  public long getPollQuietAfter() {
    return pollQuietAfter;
  }

  public void setPollQuietAfter(long pollQuietAfter) {
    this.pollQuietAfter = pollQuietAfter;
  }

  public long getSocketCheck() {
    return socketCheck;
  }

  public void setSocketCheck(long socketCheck) {
    this.socketCheck = socketCheck;
  }

  public long getKeepAlive() {
    return keepAlive;
  }

  public void setKeepAlive(long keepAlive) {
    this.keepAlive = keepAlive;
  }

  public long getReconnectDelayMin() {
    return reconnectDelayMin;
  }

  public void setReconnectDelayMin(long reconnectDelayMin) {
    this.reconnectDelayMin = reconnectDelayMin;
  }

  public long getReconnectDelayMax() {
    return reconnectDelayMax;
  }

  public void setReconnectDelayMax(long reconnectDelayMax) {
    this.reconnectDelayMax = reconnectDelayMax;
  }

  public long getReconnectDelayLimit() {
    return reconnectDelayLimit;
  }

  public void setReconnectDelayLimit(long reconnectDelayLimit) {
    this.reconnectDelayLimit = reconnectDelayLimit;
  }

  public long getResumeSpread() {
    return resumeSpread;
  }

  public void setResumeSpread(long resumeSpread) {
    this.resumeSpread = resumeSpread;
  }

  public int getResumeConcurrency() {
    return resumeConcurrency;
  }

  public void setResumeConcurrency(int resumeConcurrency) {
    this.resumeConcurrency = resumeConcurrency;
  }

  public long getRetryDelay() {
    return retryDelay;
  }

  public void setRetryDelay(long retryDelay) {
    this.retryDelay = retryDelay;
  }

  public long getRetryMaxDelay() {
    return retryMaxDelay;
  }

  public void setRetryMaxDelay(long retryMaxDelay) {
    this.retryMaxDelay = retryMaxDelay;
  }

  public int getReceiveBuffer() {
    return receiveBuffer;
  }

  public void setReceiveBuffer(int receiveBuffer) {
    this.receiveBuffer = receiveBuffer;
  }
}
