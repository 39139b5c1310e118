package io.agrippa.engine.arrow;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Makes blocks of some columns of a stream or file. For one thread at a time. */
final class BlockBuilder {
  private final Schema schema;
  private final List<ColumnDecoder> decoders = new ArrayList<>();

  BlockBuilder(IpcSchema all, List<Integer> columns, List<TextCodes> codes) {
    List<Field> fields = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      ArrowColumn column = all.column(columns.get(i));
      fields.add(new Field(column.name(), column.type()));
      decoders.add(new ColumnDecoder(column, codes.get(i)));
    }
    schema = new Schema(fields);
  }

  /**
   * A block of some rows of a batch.
   *
   * @param place what to call the batch in messages
   */
  Block block(String place, List<ColumnDecoder.Buffers> buffers, long from, int count)
      throws IOException {
    List<Column> columns = new ArrayList<>(decoders.size());
    for (int i = 0; i < decoders.size(); i++) {
      try {
        columns.add(decoders.get(i).decode(buffers.get(i), from, count));
      } catch (IOException | RuntimeException e) {
        throw new IOException(
            "%s, column \"%s\": %s".formatted(place, schema.field(i).name(), e.getMessage()), e);
      }
    }
    return new Block(schema, count, columns);
  }
}
