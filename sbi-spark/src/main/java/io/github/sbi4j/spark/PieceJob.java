package io.github.sbi4j.spark;

import java.io.Serializable;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;
import scala.Function2;
import scala.collection.Iterator;
import scala.reflect.ClassTag$;
import scala.runtime.BoxedUnit;

/** A job of Spark whose results go to a consumer as they come, one for each partition. */
final class PieceJob<T> {
  private static final String INTERRUPT = "spark.job.interruptOnCancel";

  private final SparkContext context;
  private final JavaRDD<T> pieces;
  private final Consumer<T> consumer;
  private boolean over; // guarded by this
  private @Nullable RuntimeException refusal; // guarded by this

  private PieceJob(SparkContext context, JavaRDD<T> pieces, Consumer<T> consumer) {
    this.context = context;
    this.pieces = pieces;
    this.consumer = consumer;
  }

  /**
   * Runs the job. An interrupt of the calling thread ends it early, and stays set.
   *
   * @param pieces one element in each partition
   */
  static <T> void run(SparkContext context, JavaRDD<T> pieces, Consumer<T> consumer) {
    new PieceJob<>(context, pieces, consumer).run();
  }

  private void run() {
    String tag = "sbi4j-" + UUID.randomUUID();
    context.addJobTag(tag);
    String before = context.getLocalProperty(INTERRUPT);
    context.setInterruptOnCancel(true);
    try {
      context.runJob(
          pieces.rdd(),
          (Function2<TaskContext, Iterator<T>, T> & Serializable) (task, rows) -> rows.next(),
          (Function2<Object, T, BoxedUnit>) (partition, result) -> take(result),
          ClassTag$.MODULE$.apply(Object.class));
    } catch (Exception e) { // Scala's exceptions are not declared
      end();
      if (e instanceof InterruptedException) {
        context.cancelJobsWithTag(tag);
        Thread.currentThread().interrupt();
      } else {
        throw failure(e);
      }
    } finally {
      end();
      context.removeJobTag(tag);
      context.setLocalProperty(INTERRUPT, before);
    }
  }

  /** Called by one thread of Spark's. */
  private synchronized BoxedUnit take(T result) {
    if (!over) {
      try {
        consumer.accept(result);
      } catch (RuntimeException e) {
        refusal = e;
        throw e;
      }
    }
    return BoxedUnit.UNIT;
  }

  private synchronized void end() {
    over = true;
  }

  private synchronized RuntimeException failure(Exception e) {
    if (refusal != null) {
      return refusal;
    }
    return SparkErrors.of(e);
  }
}
