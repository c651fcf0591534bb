package io.github.sbi4j.flows.tensor.cpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.sbi4j.flows.tensor.RowReader;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Tables that are too large for the heap are read when they are asked for. */
class CpuTableTest {
  private final AtomicInteger reads = new AtomicInteger();
  private final RowReader reader =
      (row, target, at) -> {
        reads.incrementAndGet();
        target[at] = row;
        target[at + 1] = -row;
      };

  @Test
  void smallTableIsReadOnce() {
    CpuTable table = CpuTable.of(reader, 10, 2, 80);
    assertThat(reads).hasValue(10);
    assertThat(row(table, 7)).containsExactly(7, -7);
    assertThat(reads).hasValue(10);
  }

  @Test
  void largeTableStaysWhereItIs() {
    CpuTable table = CpuTable.of(reader, 10, 2, 79);
    assertThat(reads).hasValue(0);
    assertThat(row(table, 7)).containsExactly(7, -7);
    assertThat(row(table, 7)).containsExactly(7, -7);
    assertThat(reads).hasValue(2);
    assertThat(CpuTable.of(reader, Integer.MAX_VALUE, 2, Long.MAX_VALUE).rows())
        .isEqualTo(Integer.MAX_VALUE);
    assertThat(reads).hasValue(2);
  }

  private static float[] row(CpuTable table, int row) {
    float[] values = new float[2];
    table.reader().read(row, values, 0);
    return values;
  }
}
