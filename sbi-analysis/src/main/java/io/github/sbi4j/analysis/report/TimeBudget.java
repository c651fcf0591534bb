package io.github.sbi4j.analysis.report;

import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Time that several pieces of work share. */
final class TimeBudget {
  private final Duration budget;
  private final long started = System.nanoTime();

  TimeBudget(Duration budget) {
    this.budget = budget;
  }

  /** Work that gave nothing, and why. */
  static final class NotDoneException extends Exception {
    private static final long serialVersionUID = 1;

    NotDoneException(String message) {
      super(message);
    }

    NotDoneException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - started);
  }

  Duration left() {
    Duration left = budget.minus(elapsed());
    return left.isNegative() ? Duration.ZERO : left;
  }

  /** The result of work that may take what is left; it is interrupted then, and left to itself. */
  <T> T call(Callable<T> work) throws NotDoneException {
    Duration left = left();
    if (left.isZero()) {
      throw new NotDoneException("not reached within the time budget of " + text());
    }
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "sbi4j-check");
    thread.setDaemon(true);
    thread.start();
    try {
      return task.get(left.toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      thread.interrupt();
      throw new NotDoneException("not finished within the time budget of " + text(), e);
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while checking; start again", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new NotDoneException(reason(e.getCause()), e.getCause());
    }
  }

  private static String reason(Throwable cause) {
    String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }

  private String text() {
    return String.format(Locale.ROOT, "%s", Numbers.seconds(budget.toMillis() / 1e3));
  }
}
