package io.github.sbi4j.core.concurrent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TasksTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7})
  void resultsComeInTheOrderOfTheTasks(int threads) {
    List<Integer> squares = Tasks.map(threads, 50, i -> i * i);
    assertThat(squares).isEqualTo(IntStream.range(0, 50).map(i -> i * i).boxed().toList());
    assertThat(Tasks.map(threads, 0, i -> i)).isEmpty();
  }

  @Test
  void tasksRunAtOnce() {
    CountDownLatch both = new CountDownLatch(2);
    List<Boolean> met =
        Tasks.map(
            2,
            2,
            i -> {
              both.countDown();
              try {
                return both.await(20, TimeUnit.SECONDS);
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(met).containsExactly(true, true);
  }

  @Test
  void tasksOfATaskStayInItsThread() {
    Set<Thread> outer = ConcurrentHashMap.newKeySet();
    Set<Thread> inner = ConcurrentHashMap.newKeySet();
    Tasks.map(
        2,
        4,
        i -> {
          outer.add(Thread.currentThread());
          return Tasks.map(8, 10, j -> inner.add(Thread.currentThread()));
        });
    assertThat(inner).isEqualTo(outer).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void workOfACallerWithThreadsOfItsOwnStaysInTheThread() {
    Set<Thread> used = ConcurrentHashMap.newKeySet();
    Tasks.inThisThread(() -> Tasks.map(8, 10, j -> used.add(Thread.currentThread())));
    assertThat(used).containsExactly(Thread.currentThread());
    Tasks.map(8, 10, j -> used.add(Thread.currentThread()));
    assertThat(used).hasSizeGreaterThan(1);
  }

  @Test
  void aFailureIsThrownAsItIsAndNoThreadIsLeft() {
    Set<Thread> used = ConcurrentHashMap.newKeySet();
    IllegalArgumentException failure = new IllegalArgumentException("row 3 is odd");
    assertThatThrownBy(
            () ->
                Tasks.map(
                    2,
                    5,
                    i -> {
                      used.add(Thread.currentThread());
                      if (i == 3) {
                        throw failure;
                      }
                      return i;
                    }))
        .isSameAs(failure);
    assertThat(used)
        .isNotEmpty()
        .allSatisfy(
            thread -> {
              thread.join(20_000);
              assertThat(thread.isAlive()).isFalse();
            });
  }

  @Test
  void noThreadsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Tasks.requireThreads(0))
        .withMessageContaining("threads must be positive, got 0");
    assertThat(Tasks.requireThreads(3)).isEqualTo(3);
  }
}
