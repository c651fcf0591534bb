package io.github.sbi4j.ppl.learned;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.spi.LocationAwareLogger;

/** What one of slf4j-simple's loggers writes, warnings included, for a while. */
final class LoggedWarnings implements AutoCloseable {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final PrintStream before = System.err;
  private final Logger logger;
  private final int level;

  private LoggedWarnings(Logger logger) {
    this.logger = logger;
    this.level = exchange(logger, LocationAwareLogger.WARN_INT);
    System.setErr(new PrintStream(bytes, true, StandardCharsets.UTF_8));
  }

  static LoggedWarnings of(Logger logger) {
    return new LoggedWarnings(logger);
  }

  String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private static int exchange(Logger logger, int level) {
    try {
      Field field = logger.getClass().getDeclaredField("currentLogLevel");
      field.setAccessible(true);
      int before = field.getInt(logger);
      field.setInt(logger, level);
      return before;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the logger is not slf4j-simple's", e);
    }
  }

  @Override
  public void close() {
    System.setErr(before);
    exchange(logger, level);
  }
}
