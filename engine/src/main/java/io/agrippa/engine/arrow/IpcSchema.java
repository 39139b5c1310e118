package io.agrippa.engine.arrow;

import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.Schema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flatbuf.FieldNode;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.vector.TypeLayout;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** The columns of an IPC stream or file, and where their buffers stand in a batch. Immutable. */
final class IpcSchema {
  private final List<org.apache.arrow.vector.types.pojo.Field> fields;
  private final List<ArrowColumn> columns = new ArrayList<>();
  private final Map<Long, ArrowColumn> byDictionary = new HashMap<>();

  IpcSchema(org.apache.arrow.vector.types.pojo.Schema schema) {
    fields = schema.getFields();
    for (org.apache.arrow.vector.types.pojo.Field field : fields) {
      ArrowColumn column =
          ArrowColumn.of(
              field.getName() == null ? "" : field.getName(),
              field.getType(),
              field.getDictionary());
      columns.add(column);
      if (field.getDictionary() != null) {
        byDictionary.put(field.getDictionary().getId(), column);
      }
    }
  }

  /**
   * The same for a schema that was read.
   *
   * @throws IOException if a type of it cannot be, such as a decimal without digits
   */
  static IpcSchema of(org.apache.arrow.vector.types.pojo.Schema schema) throws IOException {
    return IpcMessage.checked(() -> new IpcSchema(schema));
  }

  ArrowColumn column(int position) {
    return columns.get(position);
  }

  /** The columns as blocks have them. */
  Schema schema() {
    return new Schema(
        columns.stream().map(column -> new Field(column.name(), column.type())).toList());
  }

  /** A column whose codes are of this dictionary; null where no column at the top has it. */
  ArrowColumn ofDictionary(long id) {
    return byDictionary.get(id);
  }

  /** Finds the texts behind the codes of a column. */
  interface Dictionaries {
    DecodedTexts of(long id) throws IOException;
  }

  /** The buffers of these columns in a batch. */
  List<ColumnDecoder.Buffers> buffers(
      BatchBody body, List<Integer> wanted, Dictionaries dictionaries) throws IOException {
    return IpcMessage.checked(() -> new Walk(body).buffers(wanted, dictionaries));
  }

  /** Goes through the fields of a batch in Arrow's order: depth first. */
  private final class Walk {
    private final RecordBatch batch;
    private final BatchBody body;
    private long size; // of the buffers that were found, decompressed
    private int node;
    private int buffer;
    private int variadic;

    Walk(BatchBody body) {
      batch = body.batch();
      this.body = body;
    }

    List<ColumnDecoder.Buffers> buffers(List<Integer> wanted, Dictionaries dictionaries)
        throws IOException {
      Map<Integer, ColumnDecoder.Buffers> found = new HashMap<>();
      for (int i = 0; i < fields.size(); i++) {
        int firstNode = node;
        int firstBuffer = buffer;
        org.apache.arrow.vector.types.pojo.Field field = fields.get(i);
        if (field.getDictionary() != null) {
          node++;
          buffer += 2; // bits and codes; what the codes stand for is elsewhere
        } else {
          step(field);
        }
        if (wanted.contains(i)) {
          ArrowColumn column = columns.get(i);
          found.put(
              i,
              found(
                  column,
                  firstNode,
                  firstBuffer,
                  column.dictionary() == null
                      ? null
                      : dictionaries.of(column.dictionary().getId())));
        }
      }
      return wanted.stream().map(found::get).toList();
    }

    private void step(org.apache.arrow.vector.types.pojo.Field field) {
      node++;
      ArrowType type = field.getType();
      if (type instanceof ArrowType.Utf8View || type instanceof ArrowType.BinaryView) {
        buffer += 2 + Math.toIntExact(batch.variadicBufferCounts(variadic++));
      } else {
        buffer += TypeLayout.getTypeBufferCount(type);
      }
      field.getChildren().forEach(this::step);
    }

    private ColumnDecoder.Buffers found(
        ArrowColumn column, int firstNode, int firstBuffer, DecodedTexts dictionary)
        throws IOException {
      if (buffer > batch.buffersLength() || node > batch.nodesLength()) {
        throw new IOException(
            "column \"%s\": the batch has only %d buffers"
                .formatted(column.name(), batch.buffersLength()));
      }
      FieldNode head = batch.nodes(firstNode);
      if (head.length() != batch.length()) {
        throw new IOException(
            "column \"%s\" has %,d rows in a batch of %,d"
                .formatted(column.name(), head.length(), batch.length()));
      }
      List<Region> regions = new ArrayList<>();
      for (int i = firstBuffer; i < buffer; i++) {
        try {
          size += body.size(i);
          if (BufferCodec.of(batch) != ArrowCompression.NONE) {
            body.inflated().requireRoom(size);
          }
          regions.add(body.buffer(i));
        } catch (IOException e) {
          throw new IOException("column \"%s\": %s".formatted(column.name(), e.getMessage()), e);
        }
      }
      return new ColumnDecoder.Buffers(head.nullCount(), regions, dictionary);
    }
  }

  /** Reads all entries of a dictionary batch. */
  String[] entries(ArrowColumn column, BatchBody body) throws IOException {
    return IpcMessage.checked(
        () -> {
          RecordBatch data = body.batch();
          long count = data.length();
          if (count < 0 || count > Integer.MAX_VALUE - 8 || data.nodes(0).length() != count) {
            throw new IOException("a dictionary of " + count + " entries");
          }
          List<Region> regions = new ArrayList<>();
          for (int i = 0; i < data.buffersLength(); i++) {
            regions.add(body.buffer(i));
          }
          ArrowColumn plain = ArrowColumn.of(column.name(), column.values(), null);
          return Entries.read(
              new ColumnDecoder(plain, Entries.codes()),
              new ColumnDecoder.Buffers(data.nodes(0).nullCount(), regions, null),
              (int) count);
        });
  }
}
