package io.agrippa.engine.pmml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.agrippa.engine.model.DerivedField;
import io.agrippa.engine.model.Document;
import io.agrippa.engine.model.Expression;
import io.agrippa.engine.model.InlineTable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PmmlWriterTest {
  @Test
  void whatIsWrittenReadsAsWhatWasWritten() throws Exception {
    for (long seed = 0; seed < 200; seed++) {
      Document document = new RandomDocuments(new Random(seed)).document();
      byte[] bytes = PmmlWriter.bytes(document);
      Document again = PmmlReader.read(bytes, "again");
      assertThat(Differences.first(document, again)).as("seed %d", seed).isNull();
      assertThat(PmmlWriter.bytes(again)).as("seed %d", seed).isEqualTo(bytes);
    }
  }

  @Test
  void aNodeIsALineAndDefaultsAreLeftOut() {
    String text =
        """
        <?xml version="1.0" encoding="UTF-8"?>
        <PMML xmlns="http://www.dmg.org/PMML-4_4" version="4.4">
         <Header/>
         <DataDictionary numberOfFields="1">
          <DataField name="x" optype="continuous" dataType="double"/>
         </DataDictionary>
         <TreeModel functionName="regression">
          <MiningSchema>
           <MiningField name="x"/>
          </MiningSchema>
          <Node><True/>
           <Node score="1"><SimplePredicate field="x" operator="lessThan" value="0.50"/></Node>
           <Node score="2.5" recordCount="7.0"><SimpleSetPredicate field="x" booleanOperator="isIn"><Array n="2" type="string">a "b c"</Array></SimpleSetPredicate>
            <Node><False/></Node>
           </Node>
          </Node>
         </TreeModel>
        </PMML>
        """;
    assertThat(new String(PmmlWriter.bytes(Pmml.read(text)), StandardCharsets.UTF_8))
        .isEqualTo(text);
  }

  @Test
  void columnsWhoseNamesAreNoXmlNamesAreRenamedThroughout() {
    List<String> columns = List.of("1st", "c1", "a b", "xmlName", "");
    var table =
        new InlineTable(columns, List.<String[]>of(new String[] {"p", "q", "r", "s", "t"}), 0);
    Expression.MapValues map =
        new Expression.MapValues(
            List.of(new Expression.FieldColumn("x", "1st", 0)), "a b", null, null, null, table, 0);
    Document document = withExpression(map);
    var again =
        (Expression.MapValues)
            PmmlReader.read(PmmlWriter.bytes(document), "m").derivedFields().get(0).expression();
    assertThat(again.table().columns()).containsExactly("c2", "c1", "c3", "c4", "c5");
    assertThat(again.inputs().get(0).column()).isEqualTo("c2");
    assertThat(again.outputColumn()).isEqualTo("c3");
    assertThat(again.table().rows().get(0)).containsExactly("p", "q", "r", "s", "t");
  }

  @Test
  void whatXmlCannotHoldIsAnError() {
    for (String bad : List.of("\u0000", "a\u0007", "\ud800", "\udc00x", "\uffff")) {
      assertThatThrownBy(
              () -> PmmlWriter.bytes(withExpression(new Expression.FieldRef(bad, null, 0))))
          .as("U+%04X", (int) bad.charAt(0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("in attribute field of FieldRef cannot be written in XML");
    }
  }

  @Test
  void aFailingStreamIsAnIoException() {
    OutputStream full =
        new OutputStream() {
          @Override
          public void write(int b) throws IOException {
            throw new IOException("no space left");
          }
        };
    assertThatThrownBy(
            () -> PmmlWriter.write(withExpression(new Expression.FieldRef("x", null, 0)), full))
        .isInstanceOf(IOException.class)
        .hasMessage("no space left");
  }

  private static Document withExpression(Expression expression) {
    Document empty = Pmml.read(Pmml.derived("<FieldRef field=\"x\"/>"));
    var field = empty.derivedFields().get(0);
    var changed =
        new DerivedField(
            field.name(),
            field.displayName(),
            field.opType(),
            field.dataType(),
            field.intervals(),
            field.values(),
            expression,
            0);
    return new Document(
        empty.place(),
        empty.version(),
        empty.header(),
        empty.dataDictionary(),
        empty.functions(),
        List.of(changed),
        empty.models());
  }
}
