package io.github.sbi4j.core.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.core.simulation.Simulations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What files that were cut, changed, or could not be written do to a campaign. */
class CampaignDamageTest {
  private static final int COUNT = 400;
  private static final int RECORD = Double.BYTES * 5;
  private static final SimulationSettings ONE_THREAD = SimulationSettings.defaults().withThreads(1);
  private static final Simulations EXPECTED =
      Simulations.run(Model.FRAGILE, Model.PRIOR, COUNT, Model.SEED);

  @TempDir Path directory;

  private Campaign open() {
    return Campaign.open(directory, Model.NAME, Model.PRIOR, Model.SEED);
  }

  private Path only(String suffix) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(suffix)).toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  private static void cut(Path file, int bytes) throws IOException {
    byte[] all = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(all, all.length - bytes));
  }

  private static void flip(Path file, long at) throws IOException {
    byte[] all = Files.readAllBytes(file);
    all[(int) at] ^= 0x10;
    Files.write(file, all);
  }

  private void assertRepaired() {
    assertThat(open().run(Model.FRAGILE, COUNT).simulations()).isEqualTo(EXPECTED);
    assertThat(open().status().duplicates()).isZero();
  }

  @Test
  void tornLastRecordIsMissingAndSimulatedAgain() throws IOException {
    for (int torn = 1; torn <= RECORD; torn += 13) {
      clear();
      open().run(Model.FRAGILE, COUNT, ONE_THREAD);
      cut(only(".rows"), torn);

      assertThat(open().status().rows()).isEqualTo(COUNT - 1);
      assertThat(open().status().damaged()).isZero();
      assertRepaired();
    }
  }

  @Test
  void lastRecordThatWasNeverFilledIsMissing() throws IOException {
    open().run(Model.FRAGILE, COUNT, ONE_THREAD);
    Path file = only(".rows");
    byte[] all = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(all, all.length + 3 * RECORD + 5));

    assertThat(open().status().rows()).isEqualTo(COUNT);
    assertRepaired();
  }

  @Test
  void flippedByteCostsItsRowAndIsRepaired() throws IOException {
    for (int at = 0; at < RECORD; at += 3) {
      clear();
      open().run(Model.FRAGILE, COUNT, ONE_THREAD);
      flip(only(".rows"), RowFormat.HEADER_BYTES + 100L * RECORD + at);

      CampaignStatus status = open().status();
      assertThat(status.rows()).isEqualTo(COUNT - 1);
      assertThat(status.damaged()).isEqualTo(1);
      assertThat(status.complete()).isLessThan(COUNT);
      assertThat(open().available().size()).isEqualTo(COUNT - 1);
      assertRepaired();
    }
  }

  private void clear() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void failuresAreCheckedLineByLine() throws IOException {
    open().run(Model.FRAGILE, COUNT, ONE_THREAD);
    Path file = only(".failures");
    long lines = Files.lines(file).count();
    flip(file, 40);
    assertThat(open().status().damaged()).isEqualTo(1);
    assertThat(open().status().rows()).isEqualTo(COUNT - 1);
    assertRepaired();

    cut(file, 3);
    assertThat(open().status().rows()).isEqualTo(COUNT - 1);
    assertRepaired();

    // Without the files of failures their rows are done again.
    Files.delete(file);
    assertThat(open().status().rows()).isLessThanOrEqualTo(COUNT - (int) lines + 2);
    assertRepaired();
  }

  @Test
  void damagedHeadersAreRefused() throws IOException {
    open().run(Model.FRAGILE, COUNT, ONE_THREAD);
    Path rows = only(".rows");
    for (int at = 0; at < RowFormat.HEADER_BYTES; at++) {
      flip(rows, at);
      assertThatThrownBy(() -> open().status())
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(rows.getFileName().toString())
          .hasMessageContaining("header does not fit its checksum")
          .hasMessageContaining("delete it so that its rows are simulated again");
      flip(rows, at);
    }
    Path header = directory.resolve("campaign.json");
    int length = (int) Files.size(header);
    for (int at = 0; at < length; at += 7) {
      flip(header, at);
      assertThatThrownBy(() -> Campaign.read(directory))
          .isInstanceOfAny(IllegalStateException.class, UncheckedIOException.class)
          .hasMessageContaining(directory.toString());
      flip(header, at);
    }
    Files.delete(rows);
    assertRepaired();
  }

  @Test
  void filesOfAnotherCampaignAndFormatsToComeAreRefused() throws IOException {
    open().run(Model.SOUND, 5);
    Path other = directory.resolve("other");
    Campaign second = Campaign.open(other, Model.NAME, Model.PRIOR, Model.SEED + 1);
    second.run(Model.SOUND, 5);
    try (Stream<Path> files = Files.list(other)) {
      Path rows = files.filter(file -> file.toString().endsWith(".rows")).findFirst().orElseThrow();
      Files.copy(rows, directory.resolve("copied.rows"));
    }
    assertThatThrownBy(() -> open().simulations())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("copied.rows belongs to another campaign");

    Path header = other.resolve("campaign.json");
    String text = Files.readString(header).replace("\"format\": 1", "\"format\": 2");
    Files.writeString(header, text);
    assertThatThrownBy(() -> Campaign.read(other))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has the format 2")
        .hasMessageContaining("reads the format 1");
  }

  @Test
  void fullDiskKeepsWhatIsAcknowledged() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory)) {
      assumeTrue(disk.isMounted(), "needs the right to mount a file system in memory");
      Campaign campaign = Campaign.open(disk.path(), Model.NAME, Model.PRIOR, Model.SEED);
      int[] acknowledged = new int[1];
      assertThatThrownBy(
              () ->
                  campaign.run(
                      Model.SOUND,
                      200_000,
                      SimulationSettings.defaults(),
                      rows -> acknowledged[0] += rows.length))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("cannot write to the campaign in " + disk.path())
          .hasMessageContaining("No space left on device")
          .hasMessageContaining("acknowledged rows are safe");
      int there = campaign.status().rows();
      assertThat(there).isGreaterThanOrEqualTo(acknowledged[0]).isLessThan(100_000);

      disk.resize("64m");
      int more = there + 20_000;
      assertThat(campaign.run(Model.SOUND, more).simulations())
          .isEqualTo(Simulations.run(Model.SOUND, Model.PRIOR, more, Model.SEED));
      assertThat(campaign.status().duplicates()).isZero();

      disk.readOnly();
      assertThat(campaign.simulations().size()).isEqualTo(more);
      assertThatThrownBy(() -> campaign.run(Model.SOUND, more + 1))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("cannot write to the campaign in " + disk.path())
          .hasMessageContaining("Read-only file system");
      assertThatThrownBy(() -> Campaign.open(disk.path().resolve("new"), "m", Model.PRIOR, 1))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("cannot begin a campaign in")
          .hasMessageContaining("give a directory that can be written to");
    }
  }
}
