package io.github.sbi4j.flows.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.sbi4j.core.random.RandomStreams;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class FieldsTest {
  private static Fields again(Fields fields) {
    return Fields.parse(fields.toJson(), "top");
  }

  @Test
  void everyDoubleComesBackBitForBit() {
    RandomGenerator random = RandomStreams.of(1, 0);
    double[] values = new double[1000];
    for (int i = 0; i < values.length; i++) {
      values[i] = Double.longBitsToDouble(random.nextLong());
    }
    values[0] = Double.POSITIVE_INFINITY;
    values[1] = Double.NEGATIVE_INFINITY;
    values[2] = Double.NaN;
    values[3] = -0.0;
    values[4] = Double.MIN_VALUE;
    Fields fields = Fields.empty().put("all", values).put("one", values[0]);
    assertThat(again(fields).numbers("all")).containsExactly(values);
    assertThat(again(fields).number("one")).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(fields.toJson()).startsWith("{\"all\":[\"Infinity\",\"-Infinity\",\"NaN\",-0.0,");
  }

  @Test
  void theOtherTypesComeBack() {
    Fields inner = Fields.empty().put("text", "<'\"\n\u2028α");
    Fields fields =
        Fields.empty()
            .put("long", Long.MIN_VALUE)
            .putIntegers("longs", 1, Long.MAX_VALUE)
            .putStrings("strings", List.of("a", ""))
            .put("inner", inner)
            .putAll("list", List.of(inner, inner));
    Fields read = again(fields);
    assertThat(read.integer64("long")).isEqualTo(Long.MIN_VALUE);
    assertThat(read.integers("longs")).containsExactly(1, Long.MAX_VALUE);
    assertThat(read.strings("strings")).containsExactly("a", "");
    assertThat(read.object("inner").string("text")).isEqualTo("<'\"\n\u2028α");
    assertThat(read.objects("list")).containsExactly(inner, inner);
  }

  @Test
  void whatIsMissingOrWrongIsNamed() {
    Fields fields =
        Fields.parse("{\"a\":{\"b\":[1,{}]},\"s\":\"x\",\"d\":1.5,\"big\":3000000000}", "top");
    assertWrong(() -> fields.string("none"), "top has no field none");
    assertWrong(() -> fields.object("a").numbers("b"), "top.a.b is {}, expected a number");
    assertWrong(() -> fields.object("a").string("b"), "top.a.b is [1,{}], expected a string");
    assertWrong(() -> fields.object("s"), "top.s is \"x\", expected an object");
    assertWrong(() -> fields.numbers("s"), "top.s is \"x\", expected a list");
    assertWrong(() -> fields.number("s"), "top.s is \"x\", expected a number");
    assertWrong(() -> fields.integer64("d"), "top.d is 1.5, expected an integer");
    assertWrong(() -> fields.integer("big"), "top.big is 3000000000, expected a 32-bit integer");
    assertWrong(() -> Fields.parse("[1]", "top"), "top is not a JSON object");
    assertWrong(() -> Fields.parse("{", "top"), "top is not a JSON object");
    assertWrong(() -> Fields.parse("{\"a\":".repeat(9999), "top"), "top is not a JSON object");
  }

  private static void assertWrong(Runnable reading, String message) {
    assertThatThrownBy(reading::run).isInstanceOf(SavedFileException.class).hasMessage(message);
  }
}
