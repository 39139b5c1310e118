package io.agrippa.engine.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TypeTextTest {
  private static List<Type> types() {
    List<Type> types = new ArrayList<>(List.of(Type.Scalar.values()));
    for (Type.Unit unit : Type.Unit.values()) {
      types.add(new Type.Time(unit));
      for (Type.Clock clock : Type.Clock.values()) {
        types.add(new Type.Timestamp(unit, clock));
      }
    }
    types.add(new Type.Decimal(9, 2));
    return types;
  }

  @Test
  void everyTypeIsReadBack() {
    for (Type type : types()) {
      assertThat(TypeText.parse(TypeText.of(type))).isEqualTo(type);
    }
  }

  @Test
  void everySchemaIsReadBack() {
    List<Field> fields = new ArrayList<>();
    for (Type type : types()) {
      fields.add(new Field("column " + fields.size() + ", \"so called\"", type));
      fields.add(new Field("plain" + fields.size(), type));
    }
    Schema schema = new Schema(fields);
    assertThat(TypeText.parseSchema(TypeText.of(schema))).isEqualTo(schema);
  }

  @Test
  void lettersMayBeOfAnyCaseAndSpaceMayStandAnywhere() {
    assertThat(TypeText.parseSchema(" a  INT ,b Timestamp( millis ),c,d Decimal ( 5 , 1 ) "))
        .isEqualTo(
            new Schema(
                List.of(
                    new Field("a", Type.Scalar.INT),
                    new Field("b", new Type.Timestamp(Type.Unit.MILLIS, Type.Clock.LOCAL)),
                    new Field("c", Type.Scalar.STRING),
                    new Field("d", new Type.Decimal(5, 1)))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "integer", "int(3)", "decimal", "decimal(x,y)", "decimal(2,3)", "time(days)"})
  void whatIsNoTypeIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> TypeText.parse(text));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",", "a,", "a int long", "a int;b int", "\"a int"})
  void whatIsNoSchemaIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TypeText.parseSchema(text))
        .withMessageContaining("cannot be read from");
  }
}
