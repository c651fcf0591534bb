package io.github.sbi4j.examples.epidemic;

import io.github.sbi4j.core.simulation.Simulator;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * An epidemic among agents that live on a grid: D = 3 parameters to L = {@value #WEEKS} weekly
 * numbers of new cases.
 *
 * <p>Each agent is susceptible, infected or recovered. Every day an infected agent meets four
 * others, and infects each that is susceptible with probability {@code infection}; one it meets is
 * a neighbour on the grid, whose edges are joined, or with probability {@code travel} anyone. At
 * the end of the day it recovers with probability {@code recovery}. Ten agents in the middle begin.
 *
 * <p>The observation is log(1 + cases). The population is a field that each simulation sets back,
 * so that nothing is allocated: an instance serves one thread at a time.
 */
public final class GridEpidemic implements Simulator {
  /** The weeks that are observed. */
  public static final int WEEKS = 12;

  private static final int SIZE = 50;
  private static final int AGENTS = SIZE * SIZE;
  private static final int FIRST_CASES = 10;
  private static final List<String> PARAMETERS = List.of("infection", "recovery", "travel");

  private final boolean[] susceptible = new boolean[AGENTS];
  private final int[] infected = new int[AGENTS];
  private int count; // of the infected

  /** The names of the parameters: infection, recovery, travel. */
  public static List<String> parameterNames() {
    return PARAMETERS;
  }

  @Override
  public double[] simulate(double[] parameters, RandomGenerator random) {
    reset();
    double[] observed = new double[WEEKS];
    for (int week = 0; week < WEEKS; week++) {
      int cases = 0;
      for (int day = 0; day < 7; day++) {
        cases += day(parameters[0], parameters[1], parameters[2], random);
      }
      observed[week] = Math.log1p(cases);
    }
    return observed;
  }

  private void reset() {
    Arrays.fill(susceptible, true);
    count = 0;
    for (int i = 0; i < FIRST_CASES; i++) {
      infect(AGENTS / 2 + SIZE / 2 - FIRST_CASES / 2 + i);
    }
  }

  private void infect(int agent) {
    susceptible[agent] = false;
    infected[count++] = agent;
  }

  /** Lets a day pass; returns the number of new cases. */
  private int day(double infection, double recovery, double travel, RandomGenerator random) {
    int sick = count;
    for (int i = 0; i < sick; i++) {
      for (int side = 0; side < 4; side++) {
        int met =
            random.nextDouble() < travel ? random.nextInt(AGENTS) : neighbour(infected[i], side);
        if (susceptible[met] && random.nextDouble() < infection) {
          infect(met);
        }
      }
    }
    int cases = count - sick;
    for (int i = sick - 1; i >= 0; i--) {
      if (random.nextDouble() < recovery) {
        infected[i] = infected[--count];
      }
    }
    return cases;
  }

  private static int neighbour(int agent, int side) {
    int row = agent / SIZE;
    int column = agent % SIZE;
    return switch (side) {
      case 0 -> row * SIZE + (column + 1) % SIZE;
      case 1 -> row * SIZE + (column + SIZE - 1) % SIZE;
      case 2 -> (row + 1) % SIZE * SIZE + column;
      default -> (row + SIZE - 1) % SIZE * SIZE + column;
    };
  }
}
