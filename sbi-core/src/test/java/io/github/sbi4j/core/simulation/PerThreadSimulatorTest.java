package io.github.sbi4j.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sbi4j.core.random.RandomStreams;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Models with state, and batches that fail in part. */
class PerThreadSimulatorTest {
  private static final UniformBox PRIOR = new UniformBox(1);

  private final Queue<Walk> made = new ConcurrentLinkedQueue<>();

  /** A walk in a field, which two threads would spoil for each other. */
  private final class Walk implements Simulator, AutoCloseable {
    private final double[] x = new double[1];
    private int closed;

    Walk() {
      made.add(this);
    }

    @Override
    public double[] simulate(double[] parameters, RandomGenerator random) {
      if (parameters[0] > 0.99) {
        throw new ArithmeticException("too far");
      }
      x[0] = 0;
      for (int i = 0; i < 200; i++) {
        x[0] += parameters[0] * random.nextGaussian();
      }
      return x;
    }

    @Override
    public void close() {
      closed++;
    }
  }

  @Test
  void givesEachThreadItsOwn() {
    SimulationSettings four = SimulationSettings.defaults().withThreads(4);
    Simulations table;
    Simulations again;
    try (PerThreadSimulator simulator = Simulator.perThread(Walk::new)) {
      table = Simulations.run(simulator, PRIOR, 5000, 1, four);
      int failed = table.failures().size();
      assertThat(failed).isPositive();
      assertThat(made).hasSizeBetween(1, 4 + failed);
      assertThat(made.stream().filter(walk -> walk.closed == 1)).hasSize(failed);
      again = Simulations.run(simulator, PRIOR, 5000, 1, four);
    }
    Simulations single =
        Simulations.run(new Walk(), PRIOR, 5000, 1, SimulationSettings.defaults().withThreads(1));
    assertThat(table).isEqualTo(single);
    assertThat(again).isEqualTo(single);
    assertThat(made.stream().filter(walk -> walk.closed != 1)).hasSize(1); // the last one above
  }

  @Test
  void badUseIsTold() throws Exception {
    PerThreadSimulator simulator = Simulator.perThread(Walk::new);
    simulator.close();
    assertThatIllegalStateException()
        .isThrownBy(() -> simulator.simulate(new double[1], RandomStreams.of(1, 1)))
        .withMessageContaining("the simulator is closed; make another by Simulator.perThread");
    assertThat(made.element().closed).isEqualTo(1);

    Walk shared = new Walk();
    Simulator nested =
        Simulator.perThread(
            () ->
                (parameters, random) -> {
                  throw new AssertionError();
                });
    assertThatThrownBy(() -> nested.simulate(new double[1], RandomStreams.of(1, 1)))
        .isInstanceOf(AssertionError.class);

    Simulator[] self = new Simulator[1];
    Simulator reentrant = (parameters, random) -> self[0].simulate(parameters, random);
    self[0] = Simulator.perThread(() -> reentrant);
    assertThatIllegalStateException()
        .isThrownBy(() -> self[0].simulate(new double[1], RandomStreams.of(1, 1)))
        .withMessageContaining("the factory gave the same simulator twice");
    assertThat(shared.closed).isZero();
  }

  @Test
  void closesTheOthersIfOneCannotBeClosed() throws Exception {
    class Stubborn implements Simulator, AutoCloseable {
      @Override
      public double[] simulate(double[] parameters, RandomGenerator random) {
        return parameters;
      }

      @Override
      public void close() throws TimeoutException {
        throw new TimeoutException("busy");
      }
    }
    PerThreadSimulator simulator = Simulator.perThread(Stubborn::new);
    simulator.simulate(new double[1], RandomStreams.of(1, 1));
    assertThatIllegalStateException()
        .isThrownBy(simulator::close)
        .withMessage("a simulator cannot be closed")
        .withCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void batchThatFailsInPartIsNotSimulatedAgain() {
    int[] calls = new int[1];
    BatchSimulator model =
        (parameters, random) -> {
          calls[0] += parameters.length;
          double[][] x = new double[parameters.length][];
          Throwable[] causes = new Throwable[parameters.length];
          for (int i = 0; i < x.length; i++) {
            x[i] = new double[] {parameters[i][0]};
            causes[i] =
                parameters[i][0] < 0.1
                    ? new TimeoutException("slow")
                    : parameters[i][0] < 0.2 ? new ArithmeticException("small") : null;
          }
          throw new BatchException(x, causes);
        };
    Simulations table =
        Simulations.run(model, PRIOR, 500, 1, SimulationSettings.defaults().withThreads(1));
    assertThat(calls[0]).isEqualTo(500);
    assertThat(Arrays.stream(table.valid().observations().column(0)).boxed())
        .allMatch(x -> x >= 0.2)
        .hasSizeGreaterThan(300);
    assertThat(table.failures())
        .isNotEmpty()
        .allMatch(
            failure ->
                failure.parameters()[0] < 0.1
                    ? failure.kind() == SimulationFailure.Kind.TIMED_OUT
                        && failure.message().equals("slow")
                    : failure.message().equals("java.lang.ArithmeticException: small"));
    assertThat(table.valid().size() + table.failures().size()).isEqualTo(500);
  }

  @Test
  void batchesAreNotLargerThanTheSimulatorWants() {
    int[] largest = new int[1];
    BatchSimulator model =
        new BatchSimulator() {
          @Override
          public double[][] simulateBatch(double[][] parameters, RandomGenerator[] random) {
            largest[0] = Math.max(largest[0], parameters.length);
            return parameters;
          }

          @Override
          public int maxBatchSize() {
            return 7;
          }
        };
    Simulations.run(model, PRIOR, 100, 1, SimulationSettings.defaults().withThreads(1));
    assertThat(largest[0]).isEqualTo(7);
  }

  @Test
  void partsOfABatchExceptionMustMatch() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new BatchException(new double[2][], new Throwable[3]))
        .withMessage(
            "2 results for 3 causes; give one of each for each row, null where there is none");
    assertThat(new BatchException(new double[2][1], new Throwable[] {null, new Exception()}))
        .hasMessage("1 of 2 rows failed");
  }
}
