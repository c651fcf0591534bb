package io.github.sbi4j.core.campaign;

/** x. */
public final class Campaign {
  private Campaign() {}
}
