package io.github.sbi4j.analysis.diagnostic;

/** What a check says of what it looked at, from good to bad. */
public enum Verdict {
  /** Nothing was found. */
  PASS("passes"),
  /** Nothing was found or refuted: the check was not reached, or had too little to look at. */
  UNKNOWN("unknown"),
  /** Something to look at; results may still be right. */
  CAUTION("caution"),
  /** Something is wrong. */
  FAIL("fails");

  private final String word;

  Verdict(String word) {
    this.word = word;
  }

  /** {@return a word for people} */
  public String word() {
    return word;
  }

  /**
   * {@return the worse of two}
   *
   * @param other another verdict
   */
  public Verdict worse(Verdict other) {
    return compareTo(other) >= 0 ? this : other;
  }
}
