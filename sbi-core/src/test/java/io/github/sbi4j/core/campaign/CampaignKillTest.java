package io.github.sbi4j.core.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.simulation.Simulations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Processes of a campaign are killed, two of which work on it at a time. */
class CampaignKillTest {
  private static final Logger LOG = LoggerFactory.getLogger("campaign-kills");

  @TempDir Path directory;

  private int outputs;

  @Test
  void losesNothingWhenProcessesAreKilled() throws Exception {
    killing(4, 4_000, 300, 4);
  }

  @Test
  @Tag("slow")
  void losesNothingInAHundredKills() throws Exception {
    killing(100, 100_000, 1_000, 0.5);
  }

  /**
   * Two processes are alive at a time. The older one is killed some time after it acknowledged its
   * first rows, and replaced. Rows sleep for so long that kills so many seconds apart leave some.
   */
  private void killing(int kills, int count, int longestMillis, double seconds) throws Exception {
    Path campaign = directory.resolve("campaign");
    RandomGenerator random = RandomStreams.of(1, kills);
    List<Path> printed = new ArrayList<>();
    List<Child> alive = new ArrayList<>();
    int killedAtWork = 0;
    for (int kill = 0; kill < kills; kill++) {
      while (alive.size() < 2) {
        alive.add(
            start(
                campaign, count, sleepMicros(campaign, count, (kills - kill) * seconds), printed));
      }
      Child child = alive.remove(0);
      child.awaitFirstRows();
      Thread.sleep(random.nextInt(longestMillis));
      Process oldest = child.process();
      killedAtWork += oldest.isAlive() ? 1 : 0;
      oldest.destroyForcibly();
      assertThat(oldest.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
    for (Child child : alive) {
      child.process().destroyForcibly();
      child.process().waitFor();
    }
    BitSet acknowledged = acknowledged(printed);
    Campaign after = Campaign.open(campaign, Model.NAME, Model.PRIOR, Model.SEED);
    CampaignStatus status = after.status();
    LOG.info(
        "{} of {} killed at work, {} rows acknowledged, {}",
        killedAtWork,
        kills,
        acknowledged.cardinality(),
        status);

    assertThat(killedAtWork).isGreaterThan(kills * 9 / 10);
    assertThat(acknowledged.cardinality()).isGreaterThan(kills);
    BitSet there = rows(campaign);
    BitSet lost = (BitSet) acknowledged.clone();
    lost.andNot(there);
    assertThat(lost.cardinality()).as("acknowledged rows that are lost").isZero();
    assertThat(status.duplicates()).isZero();
    assertThat(status.damaged()).isZero();

    Process last = start(campaign, count, 0, printed).process();
    assertThat(last.waitFor(120, TimeUnit.SECONDS)).isTrue();
    assertThat(last.exitValue()).isZero();
    assertThat(acknowledged(printed).cardinality()).isLessThanOrEqualTo(count);
    assertThat(after.status().duplicates()).isZero();
    assertThat(after.simulations())
        .isEqualTo(Simulations.run(Model.FRAGILE, Model.PRIOR, count, Model.SEED));
  }

  private static BitSet rows(Path campaign) throws IOException {
    CampaignHeader header = HeaderFile.read(campaign);
    RowIndex index = new RowIndex(campaign, header.id(), header.parameters().size());
    BitSet rows = new BitSet();
    index.refresh(name -> false, rows::set);
    return rows;
  }

  /** How long a row sleeps, so that rows last as long as kills do. */
  private static long sleepMicros(Path campaign, int count, double secondsLeft) throws IOException {
    int rows = Files.exists(campaign.resolve("campaign.json")) ? rows(campaign).cardinality() : 0;
    // Eight threads are at work.
    return (long) Math.min(100_000, 8e6 * secondsLeft / Math.max(1, count - rows));
  }

  private static BitSet acknowledged(List<Path> printed) throws IOException {
    BitSet rows = new BitSet();
    for (Path file : printed) {
      for (String line : Files.readAllLines(file)) {
        // A line without its end was being printed when the process was killed.
        if (line.endsWith(" .")) {
          for (String row : line.substring(0, line.length() - 2).split(" ")) {
            assertThat(rows.get(Integer.parseInt(row))).as("row " + row + " was there").isFalse();
            rows.set(Integer.parseInt(row));
          }
        }
      }
    }
    return rows;
  }

  /** A process that prints to a file. */
  private record Child(Process process, Path output) {
    void awaitFirstRows() throws IOException, InterruptedException {
      for (int i = 0; i < 6_000 && process.isAlive() && Files.size(output) == 0; i++) {
        Thread.sleep(10);
      }
    }
  }

  private Child start(Path campaign, int count, long sleepMicros, List<Path> printed)
      throws IOException {
    Path output = directory.resolve("output-" + outputs++ + ".txt");
    printed.add(output);
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                "-cp",
                System.getProperty("java.class.path"),
                CampaignChild.class.getName(),
                campaign.toString(),
                Integer.toString(count),
                Long.toString(sleepMicros))
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new Child(process, output);
  }
}
