package io.github.sbi4j.flows.training;

import io.github.sbi4j.core.progress.ProgressListener;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Trains the members of an ensemble side by side. */
public final class EnsembleTrainer {
  private EnsembleTrainer() {}

  /**
   * Trains every member; a single one in the calling thread.
   *
   * @param trainers one for each member
   * @param offsets what is added to the loss of each row of the training table, N values
   * @param settings the settings
   * @param listener hears of the first member's epochs
   * @return a report for each member, in order
   */
  public static List<MemberReport> run(
      List<Trainer> trainers, double[] offsets, Training settings, ProgressListener listener) {
    if (trainers.size() == 1) {
      return List.of(trainers.get(0).run(offsets, settings, listener));
    }
    int all = settings.threadsOrAll();
    int threads = Math.min(trainers.size(), all);
    int each = all / threads;
    ExecutorService pool =
        Executors.newFixedThreadPool(
            threads,
            task -> {
              Thread thread = new Thread(task, "sbi4j-ensemble");
              thread.setDaemon(true);
              return thread;
            });
    try {
      List<Future<MemberReport>> running = new ArrayList<>();
      for (int k = 0; k < trainers.size(); k++) {
        Trainer trainer = trainers.get(k);
        ProgressListener heard = k == 0 ? listener : ProgressListener.NONE;
        running.add(pool.submit(() -> trainer.run(offsets, settings, each, heard)));
      }
      List<MemberReport> reports = new ArrayList<>();
      boolean interrupted = false;
      for (Future<MemberReport> member : running) {
        while (true) {
          try {
            reports.add(member.get());
            break;
          } catch (InterruptedException e) {
            // Members see the interrupt, stop after their epoch and keep what they have. Those that
            // had not begun would never end: they have their one epoch here.
            interrupted = true;
            for (Runnable waiting : pool.shutdownNow()) {
              Thread.currentThread().interrupt();
              waiting.run();
            }
            Thread.interrupted();
          }
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      return reports;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException("training a member of the ensemble failed", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }
}
