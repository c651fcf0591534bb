package io.github.sbi4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  @Test
  void writesOneLineInOrderWithNullForNumbersThatAreNotFinite() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("z", 1);
    values.put("a", Double.NaN);
    values.put("m", new double[] {0.5, 1});
    assertThat(Json.line(values)).isEqualTo("{\"z\":1,\"a\":null,\"m\":[0.5,1.0]}");
  }
}
