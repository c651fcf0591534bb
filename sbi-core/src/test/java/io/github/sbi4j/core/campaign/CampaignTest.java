package io.github.sbi4j.core.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sbi4j.core.distribution.BoxUniform;
import io.github.sbi4j.core.distribution.Distribution;
import io.github.sbi4j.core.distribution.RestrictedPrior;
import io.github.sbi4j.core.progress.Progress;
import io.github.sbi4j.core.random.RandomStreams;
import io.github.sbi4j.core.sample.RowSource;
import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.BatchSimulator;
import io.github.sbi4j.core.simulation.RowSpan;
import io.github.sbi4j.core.simulation.SimulationFailure;
import io.github.sbi4j.core.simulation.SimulationFailure.Kind;
import io.github.sbi4j.core.simulation.SimulationSettings;
import io.github.sbi4j.core.simulation.Simulations;
import io.github.sbi4j.core.simulation.Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A campaign gives the rows of a run, in however many parts. */
class CampaignTest {
  @TempDir Path directory;

  private Campaign open() {
    return Campaign.open(directory, Model.NAME, Model.PRIOR, Model.SEED);
  }

  private static Simulations expected(Simulator simulator, int count) {
    return Simulations.run(simulator, Model.PRIOR, count, Model.SEED);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "1,64", "2,7", "4,1", "4,100000"})
  void givesTheRowsOfARunWhateverThreadsAndChunks(int threads, int chunk) {
    SimulationSettings settings =
        SimulationSettings.defaults().withThreads(threads).withChunkSize(chunk);

    open().run(Model.FRAGILE, 3_000, settings);

    assertThat(open().simulations()).isEqualTo(expected(Model.FRAGILE, 3_000));
    assertThat(open().status()).matches(s -> s.rows() == 3_000 && s.complete() == 3_000);
    assertThat(open().status().duplicates()).isZero();
    assertThat(open().status().failed()).isBetween(50, 200);
  }

  @Test
  void goesOnWhereItWasInSmallFiles() {
    for (int count : new int[] {1, 10, 700, 700, 50, 2_000}) {
      open().withLargestFile(4_096).run(Model.FRAGILE, count);
    }

    assertThat(open().simulations()).isEqualTo(expected(Model.FRAGILE, 2_000));
    assertThat(open().status().files()).isGreaterThan(15);
    assertThat(open().status().duplicates()).isZero();
  }

  @Test
  void takesBatches() {
    BatchSimulator batch =
        (theta, random) -> {
          double[][] x = new double[theta.length][];
          for (int i = 0; i < x.length; i++) {
            x[i] = Model.SOUND.simulate(theta[i], random[i]);
          }
          return x;
        };
    assertThat(open().run(batch, 1_000).simulations()).isEqualTo(expected(Model.SOUND, 1_000));
  }

  @Test
  void anyRowMayBeTheFirstToArriveWhateverItsWidth() {
    Simulator model = (theta, random) -> new double[random.nextInt(1, 4)];
    // One thread goes from the first row to the last, two begin elsewhere too.
    open().run(model, 500, SimulationSettings.defaults().withThreads(1));
    assertThat(open().simulations()).isEqualTo(expected(model, 500));
    Path other = directory.resolve("other");
    Campaign second = Campaign.open(other, Model.NAME, Model.PRIOR, Model.SEED);
    second.run(model, 500, SimulationSettings.defaults().withThreads(4).withChunkSize(3));
    assertThat(second.simulations()).isEqualTo(expected(model, 500));
  }

  @Test
  void keepsTimeOuts() {
    Simulator slowAtTimes =
        (theta, random) -> {
          if (random.nextInt(50) == 0) {
            Thread.sleep(60_000);
          }
          return theta;
        };
    SimulationSettings settings = SimulationSettings.defaults().withTimeout(Duration.ofMillis(150));

    Simulations table = open().run(slowAtTimes, 200, settings).simulations();

    assertThat(table.failures()).isNotEmpty().allMatch(f -> f.kind() == Kind.TIMED_OUT);
    assertThat(table.failures()).isEqualTo(open().simulations().failures());
    assertThat(table.failures().get(0).message()).contains("took longer than PT0.15S");
  }

  @Test
  void knowsItsPriorAndNames() {
    Campaign named = Campaign.open(directory, "m", Model.PRIOR, 3, "height", "width");
    named.run(Model.SOUND, 20);

    assertThat(named.simulations().observations().names()).containsExactly("height", "width");
    assertThat(named.simulations().proposal()).contains(Model.PRIOR);
    Campaign read = Campaign.read(directory);
    assertThat(read.simulations()).isEqualTo(named.simulations());
    assertThat(read.simulations().proposal()).isEmpty();
    assertThat(read.simulator()).isEqualTo("m");
    assertThat(read.seed()).isEqualTo(3);
    assertThat(read).hasToString("Campaign[m in %s, parameters [mean, sd], seed 3]", directory);
    assertThatThrownBy(() -> read.run(Model.SOUND, 30))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("opened to be read");
  }

  @Test
  void tableInFilesIsATableLikeOthers() {
    Samples stored = open().run(Model.FRAGILE, 300).simulations().observations();
    Samples inMemory = expected(Model.FRAGILE, 300).observations();

    assertThat(stored).isEqualTo(inMemory).hasSameHashCodeAs(inMemory);
    assertThat(Arrays.deepEquals(stored.toArray(), inMemory.toArray())).isTrue();
    assertThat(stored.toRowMajorArray()).isEqualTo(inMemory.toRowMajorArray());
    assertThat(stored.column("x_2")).isEqualTo(inMemory.column("x_2"));
    assertThat(stored.get(7, 1)).isEqualTo(inMemory.get(7, 1));
    assertThat(stored.slice(3, 9)).isEqualTo(inMemory.slice(3, 9));
    assertThat(stored.take(5, 5, 0)).isEqualTo(inMemory.take(5, 5, 0));
    assertThat(stored.select("x_2")).isEqualTo(inMemory.select("x_2"));
    assertThat(stored.append(inMemory)).isEqualTo(inMemory.append(stored));
    assertThat(stored.named("a", "b")).isEqualTo(inMemory.named("a", "b"));
    assertThat(stored.mean()).isEqualTo(inMemory.mean());
    assertThatThrownBy(() -> Samples.of(List.of("a"), new Zeros()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("1 names [a] for 2 columns; give one name per column");
    assertThatThrownBy(() -> new RowSpan(3, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("rows from 3 to 2, expected 0 <= from <= to");
    assertThat(stored.head(2).sd()).isEqualTo(inMemory.head(2).sd());
  }

  @Test
  void progressCountsAcknowledgedRows() {
    open().run(Model.SOUND, 500);
    List<Progress> heard = Collections.synchronizedList(new ArrayList<>());
    BitSet acknowledged = new BitSet();
    open()
        .run(
            Model.SOUND,
            1_000,
            SimulationSettings.defaults().withProgress(heard::add),
            rows -> Arrays.stream(rows).forEach(acknowledged::set));

    assertThat(heard.get(0).done()).isEqualTo(500);
    assertThat(heard).allMatch(p -> p.total() == 1_000 && p.done() >= 500);
    assertThat(heard.get(heard.size() - 1).finished()).isTrue();
    assertThat(acknowledged.nextSetBit(0)).isEqualTo(500);
    assertThat(acknowledged.cardinality()).isEqualTo(500);
  }

  @Test
  void interruptKeepsWhatWasDone() throws Exception {
    CountDownLatch some = new CountDownLatch(50);
    Simulator slow =
        (theta, random) -> {
          double[] x = Model.SOUND.simulate(theta, random);
          some.countDown();
          Thread.sleep(1);
          return x;
        };
    boolean[] flag = new boolean[1];
    Thread thread =
        new Thread(
            () -> {
              open().run(slow, 100_000);
              flag[0] = Thread.currentThread().isInterrupted();
            });
    thread.start();
    some.await();
    thread.interrupt();
    thread.join();

    assertThat(flag[0]).isTrue();
    int done = open().status().rows();
    assertThat(done).isBetween(1, 99_999);
    assertThat(open().available().size()).isEqualTo(done);
    int complete = open().status().complete();
    assertThat(open().simulations()).isEqualTo(expected(Model.SOUND, complete));
    open().run(Model.SOUND, 5_000);
    assertThat(open().status().duplicates()).isZero();
    assertThat(open().simulations().parameters().head(5_000))
        .isEqualTo(expected(Model.SOUND, 5_000).parameters());
  }

  @Test
  void oneProcessRunsItOnceAtATime() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    Simulator waiting =
        (theta, random) -> {
          running.countDown();
          end.await();
          return theta;
        };
    Thread thread = new Thread(() -> open().run(waiting, 3));
    thread.start();
    running.await();
    assertThatThrownBy(() -> open().run(waiting, 3))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("this process runs the campaign in " + directory + " already");
    end.countDown();
    thread.join();
    assertThat(open().run(waiting, 3).status().rows()).isEqualTo(3);
  }

  @Test
  void refusesToMix() {
    Campaign.open(directory, "walk", Model.PRIOR, 1, "a", "b").run(Model.SOUND, 10);
    Distribution wider = BoxUniform.of(new double[] {-2, 0}, new double[] {1, 2});

    assertRefused("walk 2", Model.PRIOR, 1, "simulator walk, not walk 2");
    assertRefused("walk", Model.PRIOR, 2, "seed 1, not 2");
    assertRefused("walk", wider, 1, "parameters [mean, sd], not [theta_1, theta_2]");
    assertRefused("walk", wider.named("mean", "sd"), 1, "whose draws are others");
    assertThatThrownBy(() -> Campaign.open(directory, "walk", Model.PRIOR, 1, "a", "c"))
        .hasMessageContaining("observations [a, b], not [a, c]");
    assertThat(Campaign.open(directory, "walk", Model.PRIOR.checked(), 1, "a", "b").status().rows())
        .isEqualTo(10);
  }

  private void assertRefused(String simulator, Distribution prior, long seed, String difference) {
    assertThatThrownBy(() -> Campaign.open(directory, simulator, prior, seed, "a", "b"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(directory + " holds another campaign")
        .hasMessageContaining(difference)
        .hasMessageContaining("give another directory");
  }

  @Test
  void badInputSaysWhatToDo() {
    assertThatThrownBy(() -> open().run(Model.SOUND, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("count is 0, expected at least one simulation");
    assertThatThrownBy(() -> open().withSyncInterval(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("PT0S, expected more than zero");
    assertThatThrownBy(() -> Campaign.open(directory.resolve("b"), " ", Model.PRIOR, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("name of the simulator is blank");
    assertThatThrownBy(() -> open().simulations())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("run the campaign first");
    assertThatThrownBy(() -> Campaign.read(directory.resolve("none")))
        .isInstanceOf(java.io.UncheckedIOException.class)
        .hasMessageContaining("cannot read a campaign in");
    Campaign failing = Campaign.open(directory.resolve("c"), "m", Model.PRIOR, 1);
    failing.run((theta, random) -> null, 5);
    assertThatThrownBy(failing::simulations)
        .hasMessageContaining("none of the 5 simulations")
        .hasMessageContaining("row 0 FAILED: the simulator returned null");
    Campaign named = Campaign.open(directory.resolve("d"), "m", Model.PRIOR, 1, "only");
    named.run(Model.SOUND, 5);
    assertThatThrownBy(named::simulations)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("have 2 values, but 1 names were given: [only]");
  }

  @Test
  void priorsDrawRowByRow() {
    Distribution restricted = RestrictedPrior.of(Model.PRIOR, value -> value[0] + value[1] > 0.5);
    Campaign campaign = Campaign.open(directory.resolve("r"), "m", restricted, 4);
    assertThat(campaign.run(Model.SOUND, 200).simulations())
        .isEqualTo(Simulations.run(Model.SOUND, restricted, 200, 4));

    Distribution odd = new Odd();
    assertThatThrownBy(() -> Campaign.open(directory.resolve("o"), "m", odd, 4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a prior whose rows depend on nothing else");
  }

  @Test
  void takesRowsThatWereSimulatedElsewhere() {
    Simulations whole = expected(Model.FRAGILE, 300);
    open().run(Model.FRAGILE, 50);
    open().append(100, slice(whole, 100, 300)).append(0, slice(whole, 0, 120));

    assertThat(open().simulations()).isEqualTo(whole);
    assertThat(open().status().duplicates()).isZero();

    assertThatThrownBy(() -> open().append(301, slice(whole, 0, 10)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 301 has the parameters")
        .hasMessageContaining("give the first row of the part");
    assertThatThrownBy(() -> open().append(-1, whole))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the first of 300 rows is row -1");
    assertThatThrownBy(() -> open().append(0, whole.withConditions("sd")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the rows have the conditions [sd]");
    assertThatThrownBy(() -> Campaign.read(directory).append(0, whole))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("opened to be read");
    assertThat(open().simulations()).isEqualTo(whole);
  }

  /** Some rows, their failures with them. */
  private static Simulations slice(Simulations whole, int from, int to) {
    List<SimulationFailure> failures = new ArrayList<>();
    for (SimulationFailure f : whole.failures()) {
      if (f.row() >= from && f.row() < to) {
        failures.add(
            new SimulationFailure(f.row() - from, f.parameters(), f.kind(), f.message(), null));
      }
    }
    return Simulations.of(
        whole.parameters().slice(from, to), whole.observations().slice(from, to), failures);
  }

  private static final class Zeros implements RowSource {
    @Override
    public int rows() {
      return 3;
    }

    @Override
    public int columns() {
      return 2;
    }

    @Override
    public void read(int row, double[] target) {}
  }

  /** Draws tables from one stream. */
  private static final class Odd implements Distribution {
    @Override
    public int dimension() {
      return 1;
    }

    @Override
    public double[] sample(RandomGenerator random) {
      return new double[] {random.nextDouble()};
    }

    @Override
    public double logProb(double[] value) {
      return 0;
    }

    @Override
    public Samples sample(int count, long seed) {
      double[] values = new double[count];
      RandomGenerator random = RandomStreams.of(seed, 0);
      Arrays.setAll(values, i -> random.nextDouble());
      return Samples.ofRowMajor(names(), values);
    }
  }
}
