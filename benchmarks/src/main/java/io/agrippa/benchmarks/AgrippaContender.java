package io.agrippa.benchmarks;

import io.agrippa.engine.compile.ModelCompiler;
import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.DictionaryBuilder;
import io.agrippa.engine.data.DoubleColumn;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import io.agrippa.engine.pmml.PmmlReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** This project: a compiled model on blocks of rows. */
final class AgrippaContender implements Contender {
  private final List<Block> blocks = new ArrayList<>();
  private final BlockOperator.Worker worker;
  private final String[] outputs;

  AgrippaContender(byte[] pmml, Rows rows, String... labels) {
    blocks(rows);
    worker =
        ModelCompiler.compile(PmmlReader.read(pmml, "benchmark.pmml"))
            .bind(blocks.get(0).schema(), List.of())
            .worker();
    outputs = Arrays.stream(labels).map(PmmlText::probability).toArray(String[]::new);
  }

  private void blocks(Rows rows) {
    List<Field> fields = new ArrayList<>();
    DictionaryBuilder[] dictionaries = new DictionaryBuilder[rows.texts().length];
    for (int c = 0; c < rows.numbers().length; c++) {
      fields.add(new Field(Rows.numberName(c), Type.Scalar.DOUBLE));
    }
    for (int c = 0; c < dictionaries.length; c++) {
      fields.add(new Field(Rows.textName(c), Type.Scalar.STRING));
      dictionaries[c] = new DictionaryBuilder();
      for (String text : rows.texts()[c]) {
        if (text != null) {
          dictionaries[c].code(text);
        }
      }
    }
    Schema schema = new Schema(fields);
    for (int from = 0; from < rows.count(); from += Block.MAX_ROWS) {
      int count = Math.min(Block.MAX_ROWS, rows.count() - from);
      List<Column> columns = new ArrayList<>();
      for (double[] numbers : rows.numbers()) {
        columns.add(numbers(Arrays.copyOfRange(numbers, from, from + count)));
      }
      for (int c = 0; c < dictionaries.length; c++) {
        int[] codes = new int[count];
        for (int r = 0; r < count; r++) {
          String text = rows.texts()[c][from + r];
          codes[r] = text == null ? StringColumn.MISSING : dictionaries[c].code(text);
        }
        columns.add(new StringColumn(codes, dictionaries[c].snapshot()));
      }
      blocks.add(new Block(schema, count, columns));
    }
  }

  private static DoubleColumn numbers(double[] values) {
    long[] missing = null;
    for (int r = 0; r < values.length; r++) {
      if (Double.isNaN(values[r])) {
        missing = missing == null ? new long[(values.length + 63) >>> 6] : missing;
        missing[r >>> 6] |= 1L << r;
        values[r] = 0; // as readers leave it
      }
    }
    return new DoubleColumn(values, missing);
  }

  @Override
  public Object score() {
    Block[] results = new Block[blocks.size()];
    for (int i = 0; i < results.length; i++) {
      results[i] = worker.apply(blocks.get(i));
    }
    return results;
  }

  @Override
  public double[][] results(Object scored) {
    List<double[]> rows = new ArrayList<>();
    for (Block block : (Block[]) scored) {
      for (int r = 0; r < block.rows(); r++) {
        double[] row = new double[outputs.length];
        for (int i = 0; i < row.length; i++) {
          Column column = block.column(block.schema().indexOf(outputs[i]));
          row[i] = column.isMissing(r) ? Double.NaN : ((DoubleColumn) column).values()[r];
        }
        rows.add(row);
      }
    }
    return rows.toArray(double[][]::new);
  }
}
