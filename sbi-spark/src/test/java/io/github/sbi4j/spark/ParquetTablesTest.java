package io.github.sbi4j.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.sbi4j.core.sample.Samples;
import io.github.sbi4j.core.simulation.Simulations;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Parquet, there and back. */
class ParquetTablesTest {
  private static SparkSession session;
  private static ParquetTables tables;

  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    session = Sessions.local();
    tables = ParquetTables.by(session);
  }

  @AfterAll
  static void stop() {
    session.stop();
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  @Test
  void samplesComeBack() {
    Samples samples =
        Samples.copyOf(
            List.of("a.b", "c d"),
            new double[][] {{1, -0.0}, {Double.NaN, 1e-320}, {1 / 0.0, 1.0 / 3}});
    tables.write(samples, path("samples"));

    assertThat(tables.readSamples(path("samples"))).isEqualTo(samples);
    assertThat(tables.readSamples(path("samples"), "c d")).isEqualTo(samples.select("c d"));
  }

  @Test
  void simulationsComeBackWithFailures() {
    Simulations table = Simulations.run(Models.FRAGILE, Models.PRIOR, 100, 1);
    tables.write(table, path("simulations"));

    assertThat(table.failures()).isNotEmpty();
    assertThat(tables.readSimulations(path("simulations"))).isEqualTo(table);
  }

  @Test
  void conditionsComeBack() {
    Simulations table = Simulations.run(Models.NOISY, Models.PRIOR, 20, 1).withConditions("b");
    tables.write(table, path("conditions"));

    Simulations read = tables.readSimulations(path("conditions"));
    assertThat(read).isEqualTo(table);
    assertThat(read.conditions()).contains(table.conditions().orElseThrow());
  }

  @Test
  void executorsWriteTheTableOfARun() {
    Samples parameters = Models.PRIOR.sample(100, Simulations.parameterSeed(1));
    Simulations table = Simulations.run(Models.FRAGILE, parameters, 1);
    int failed =
        SparkRunner.on(session)
            .withPartitions(5)
            .runToParquet(Models.FRAGILE, parameters, 1, path("run"));

    assertThat(failed).isEqualTo(table.failures().size());
    assertThat(tables.readSimulations(path("run"))).isEqualTo(table);
  }

  @Test
  void executorsWriteNothingIfAllFail() {
    SerializableSimulator fails =
        (theta, random) -> {
          throw new IllegalStateException("never");
        };

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                SparkRunner.on(session)
                    .runToParquet(fails, Models.PRIOR.sample(10, 1), 1, path("nothing")))
        .withMessageContaining("all 10 simulations failed; the first: ")
        .withMessageContaining("never");
  }

  @Test
  void tablesFromElsewhereNeedTheParametersNamed() {
    session
        .sql("SELECT CAST(id AS INT) AS k, CAST(id AS FLOAT) / 4 AS x, 2.5BD AS y FROM range(3)")
        .coalesce(1)
        .write()
        .parquet(path("foreign"));

    Simulations read = tables.readSimulations(path("foreign"), "k");
    assertThat(read.parameters().toArray()).isDeepEqualTo(new double[][] {{0}, {1}, {2}});
    assertThat(read.observations().names()).containsExactly("x", "y");
    assertThat(read.observations().row(1)).containsExactly(0.25, 2.5);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tables.readSimulations(path("foreign")))
        .withMessageStartingWith("0 parameters and 0 observations among the columns [k, x, y] of ")
        .withMessageEndingWith("expected at least one of each; name the parameters");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> tables.readSimulations(path("foreign"), "theta"))
        .withMessageStartingWith("no column named 'theta' in ")
        .withMessageEndingWith("; the columns are [k, x, y]");
  }

  @Test
  void refusesText() {
    session.sql("SELECT 1.0 AS x, 'a' AS label").write().parquet(path("text"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> tables.readSamples(path("text")))
        .withMessageStartingWith("column 'label' of ")
        .withMessageContaining("has the type string, expected numbers");
    assertThat(tables.readSamples(path("text"), "x").get(0, 0)).isEqualTo(1);
  }

  @Test
  void refusesNamesThatClash() {
    Samples samples = Samples.copyOf(List.of("a", "A"), new double[][] {{1, 2}});

    assertThatIllegalStateException()
        .isThrownBy(() -> tables.write(samples, path("clash")))
        .withMessageStartingWith("two columns are named 'A', which Spark does not tell apart");
    assertThatIllegalStateException()
        .isThrownBy(() -> tables.write(samples.named("a", "row"), path("clash")))
        .withMessageStartingWith("two columns are named 'row'");
  }

  @Test
  void refusesWhatIsThereOrIsNot() {
    Samples samples = Samples.copyOf(List.of("a"), new double[][] {{1}});
    tables.write(samples, path("twice"));

    assertThatIllegalStateException()
        .isThrownBy(() -> tables.write(samples, path("twice")))
        .withMessageContaining("already exists");
    assertThatIllegalStateException()
        .isThrownBy(() -> tables.readSamples(path("missing")))
        .withMessageContaining("missing");
  }
}
