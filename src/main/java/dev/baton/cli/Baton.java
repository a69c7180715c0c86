package dev.baton.cli;

public final class Baton {
  private Baton() {}

  public static void main(String[] args) {}
}
