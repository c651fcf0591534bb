package io.github.sbi4j.flows.file;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The one digest in use. */
final class Digests {
  private Digests() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
