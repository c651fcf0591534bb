package io.github.sbi4j.core.campaign;

import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.core.simulation.Simulator;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** A process that runs a campaign and prints a line of rows when they are acknowledged. */
final class CampaignChild {
  private CampaignChild() {}

  /** Takes the directory, the number of rows, and the microseconds that a row sleeps. */
  public static void main(String... arguments) {
    int count = Integer.parseInt(arguments[1]);
    long nanos = 1_000 * Long.parseLong(arguments[2]);
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    Simulator slow =
        (theta, random) -> {
          if (nanos > 0) {
            LockSupport.parkNanos(nanos);
          }
          return Model.FRAGILE.simulate(theta, random);
        };
    Campaign.open(Path.of(arguments[0]), Model.NAME, Model.PRIOR, Model.SEED)
        .withSyncInterval(Duration.ofMillis(20))
        .withLargestFile(1 << 16)
        .run(
            slow,
            count,
            SimulationSettings.defaults().withThreads(4),
            rows ->
                out.println(
                    Arrays.stream(rows)
                        .mapToObj(Integer::toString)
                        .collect(Collectors.joining(" ", "", " ."))));
  }
}
