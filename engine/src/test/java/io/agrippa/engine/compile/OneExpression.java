package io.agrippa.engine.compile;

/** An expression as the value of an Output field, for tests. */
final class OneExpression {
  private OneExpression() {}

  private static final String DICTIONARY =
      """
      <DataDictionary>
        <DataField name="x" optype="continuous" dataType="double"/>
        <DataField name="y" optype="continuous" dataType="double"/>
        <DataField name="f" optype="continuous" dataType="float"/>
        <DataField name="i" optype="continuous" dataType="integer"/>
        <DataField name="j" optype="continuous" dataType="integer"/>
        <DataField name="s" optype="categorical" dataType="string"/>
        <DataField name="t" optype="categorical" dataType="string"/>
        <DataField name="b" optype="categorical" dataType="boolean"/>
        <DataField name="d" optype="continuous" dataType="date"/>
        <DataField name="m" optype="continuous" dataType="dateTime"/>
        <DataField name="h" optype="continuous" dataType="time"/>
        <DataField name="n" optype="continuous" dataType="double"/>
      </DataDictionary>
      """;

  private static final String FUNCTIONS =
      """
      <TransformationDictionary>
        <DefineFunction name="twice" optype="continuous" dataType="double">
          <ParameterField name="a" optype="continuous" dataType="double"/>
          <Apply function="*"><FieldRef field="a"/><Constant>2</Constant></Apply>
        </DefineFunction>
        <DefineFunction name="loop" optype="continuous">
          <ParameterField name="a"/>
          <Apply function="loop"><FieldRef field="a"/></Apply>
        </DefineFunction>
        <DefineFunction name="peek" optype="continuous">
          <ParameterField name="a"/>
          <FieldRef field="x"/>
        </DefineFunction>
      </TransformationDictionary>
      """;

  /** Values of the fields; n is missing. */
  static final String[] ROW = {
    "x",
    "2.5",
    "y",
    "-4",
    "f",
    "0.1",
    "i",
    "7",
    "j",
    "2",
    "s",
    "Blue sky",
    "t",
    "red",
    "b",
    "true",
    "d",
    "2003-04-01",
    "m",
    "1960-01-03T03:30:03",
    "h",
    "05:23:30",
    "n",
    null
  };

  /** A model whose Output field {@code out} is the expression. */
  static CompiledModel model(String expression) {
    StringBuilder schema = new StringBuilder();
    for (int i = 0; i < ROW.length; i += 2) {
      schema.append("<MiningField name=\"").append(ROW[i]).append("\"/>");
    }
    return Scored.model(
        DICTIONARY
            + FUNCTIONS
            + "<RegressionModel functionName=\"regression\"><MiningSchema>"
            + schema
            + "</MiningSchema><Output><OutputField name=\"out\" feature=\"transformedValue\">"
            + expression
            + "</OutputField></Output><RegressionTable intercept=\"0\"/></RegressionModel>");
  }

  /** Its value for {@link #ROW}, as a text; null where missing. */
  static String value(String expression) {
    return Scored.row(model(expression), ROW).get("out");
  }

  /** A call in short form: {@code name(arg, …)} of fields, numbers and quoted texts. */
  static String call(String text, String attributes) {
    return new ShortExpression(text, attributes).xml();
  }
}
