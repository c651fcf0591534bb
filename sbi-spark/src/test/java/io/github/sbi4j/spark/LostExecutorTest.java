package io.github.sbi4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Executors in JVMs of their own, one of which is killed in the middle of a run. */
@Timeout(300)
class LostExecutorTest {
  private static final int ROWS = 400;
  private static SparkSession session;

  @TempDir private Path directory;

  @BeforeAll
  static void start() throws IOException {
    assumeFalse(File.separatorChar == '\\', "this test kills by the command kill");
    assumeTrue(
        System.getenv("SPARK_HOME") != null,
        "the build sets SPARK_HOME, where executors find jars");
    session = Sessions.cluster(2);
  }

  @AfterAll
  static void stop() {
    if (session != null) {
      session.stop();
    }
  }

  /** Notes the process of each row, and kills it at one row, once. */
  private static double[] simulate(String notes, int victim, double[] theta, RandomGenerator random)
      throws Exception {
    long pid = ProcessHandle.current().pid();
    int row = (int) theta[0];
    Files.writeString(Path.of(notes, row + "-" + pid), "");
    Path done = Path.of(notes, "killed-" + pid);
    if (row == victim && noneKilled(Path.of(notes))) {
      Files.writeString(done, "");
      new ProcessBuilder("kill", "-9", Long.toString(pid)).start();
      Thread.sleep(60_000);
    }
    if (row % 50 == 49) {
      throw new IllegalStateException("row " + row);
    }
    Thread.sleep(1);
    return new double[] {random.nextGaussian(), row};
  }

  private static boolean noneKilled(Path notes) throws IOException {
    try (var files = Files.newDirectoryStream(notes, "killed-*")) {
      return !files.iterator().hasNext();
    }
  }

  private static List<String> notes(Path folder, String glob) throws IOException {
    try (var files = Files.newDirectoryStream(folder, glob)) {
      List<String> names = new ArrayList<>();
      files.forEach(file -> names.add(file.getFileName().toString()));
      return names;
    }
  }

  private static Samples numbered() {
    double[][] rows = new double[ROWS][1];
    for (int i = 0; i < ROWS; i++) {
      rows[i][0] = i;
    }
    return Samples.copyOf(List.of("i"), rows);
  }

  @Test
  void leavesTheSameRows() throws IOException {
    String notes = Files.createDirectory(directory.resolve("spark")).toString();
    String quiet = Files.createDirectory(directory.resolve("local")).toString();
    SerializableSimulator killing = (theta, random) -> simulate(notes, 210, theta, random);
    SerializableSimulator same = (theta, random) -> simulate(quiet, -1, theta, random);
    Simulations local = Simulations.run(same, numbered(), 1);
    Simulations spark = SparkRunner.on(session).withPartitions(8).run(killing, numbered(), 1);

    assertThat(spark).isEqualTo(local);
    assertThat(spark.failures()).hasSize(ROWS / 50);
    List<String> killed = notes(Path.of(notes), "killed-*");
    assertThat(killed).hasSize(1);
    long victim = Long.parseLong(killed.get(0).substring("killed-".length()));
    assertThat(victim).isNotEqualTo(ProcessHandle.current().pid());
    assertThat(ProcessHandle.of(victim).map(ProcessHandle::isAlive).orElse(false)).isFalse();
    // The row at which it was killed was simulated again by another.
    assertThat(notes(Path.of(notes), "210-*")).hasSizeGreaterThan(1);
  }
}
