package io.github.sbi4j.core.campaign;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A thread that acknowledges the rows of a run at intervals. */
final class Syncing implements AutoCloseable {
  private final CampaignRun run;
  private final long millis;
  private final Thread thread = new Thread(this::loop, "sbi-campaign-sync");
  private boolean closed;
  private @Nullable RuntimeException failure;

  Syncing(CampaignRun run, Duration interval) {
    this.run = run;
    this.millis = Math.max(1, interval.toMillis());
    thread.setDaemon(true);
    thread.start();
  }

  private synchronized void loop() {
    try {
      while (!closed) {
        wait(millis);
        run.sync();
      }
    } catch (InterruptedException e) {
      // Nobody interrupts it; close() acknowledges what is left.
    } catch (RuntimeException e) {
      failure = e;
    }
  }

  /** Acknowledges what is left, and throws what went wrong. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (failure != null) {
      throw failure;
    }
    run.sync();
  }
}
