package io.agrippa.engine.arrow;

import io.agrippa.engine.data.Block;
import io.agrippa.engine.data.BlockOperator;
import io.agrippa.engine.data.Column;
import io.agrippa.engine.data.Field;
import io.agrippa.engine.data.RowProblem;
import io.agrippa.engine.data.Schema;
import io.agrippa.engine.data.StringColumn;
import io.agrippa.engine.data.Type;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorLoader;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.message.ArrowRecordBatch;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;

/**
 * Scores Arrow's vectors: {@code new ArrowScorer(model.reads(), model::operator).score(root,
 * allocator)}. Needs Arrow on the class path and the option of the Java virtual machine that Arrow
 * needs. Safe for use by many threads.
 *
 * <p><b>Who closes what.</b> The vectors that are given stay the caller's: they are read while
 * {@code score} runs, neither changed nor kept nor closed. The vectors that are given back are the
 * caller's too: made with the caller's allocator, and to be closed by the caller. Where {@code
 * score} fails, nothing of the allocator remains in use.
 */
public final class ArrowScorer {
  private static final int MOST_BINDINGS = 16;

  private final Set<String> reads;
  private final Function<Schema, BlockOperator> binder;
  private final Map<Schema, Bound> bindings = new HashMap<>(); // guarded by itself

  /** An operator with the workers that nobody uses just now. */
  private record Bound(BlockOperator operator, Deque<BlockOperator.Worker> idle) {}

  /**
   * A scorer.
   *
   * @param reads names of the vectors to read; others are passed over
   * @param binder makes what is computed of columns; what it throws is thrown by {@code score}
   */
  public ArrowScorer(List<String> reads, Function<Schema, BlockOperator> binder) {
    this.reads = Set.copyOf(reads);
    this.binder = binder;
  }

  /**
   * As {@link #score(VectorSchemaRoot, DictionaryProvider, BufferAllocator)}, for vectors without
   * dictionaries.
   */
  public VectorSchemaRoot score(VectorSchemaRoot root, BufferAllocator allocator) {
    return score(root, new DictionaryProvider.MapDictionaryProvider(), allocator);
  }

  /**
   * Scores the rows of vectors.
   *
   * @param dictionaries what the codes of vectors stand for
   * @param allocator of the results
   * @return a vector a result, texts without dictionaries; to be closed by the caller
   * @throws IllegalArgumentException if a row is one that the model refuses (the message names row
   *     and field), if a dictionary is absent, or if a vector is damaged
   */
  public VectorSchemaRoot score(
      VectorSchemaRoot root, DictionaryProvider dictionaries, BufferAllocator allocator) {
    List<ColumnDecoder> decoders = new ArrayList<>();
    List<ColumnDecoder.Buffers> buffers = new ArrayList<>();
    List<Field> fields = new ArrayList<>();
    for (FieldVector vector : root.getFieldVectors()) {
      if (reads.contains(vector.getName())) {
        ArrowColumn column = column(vector, dictionaries);
        if (column.type() instanceof Type.Foreign foreign) {
          throw new IllegalArgumentException(
              "vector \"%s\" holds %s, which cannot be read; flatten it first"
                  .formatted(column.name(), foreign.description()));
        }
        fields.add(new Field(column.name(), column.type()));
        decoders.add(new ColumnDecoder(column, Entries.codes()));
        buffers.add(buffers(vector, texts(column, dictionaries)));
      }
    }
    Schema schema = new Schema(fields);
    Bound bound = bound(schema);
    List<Block> scored = new ArrayList<>();
    BlockOperator.Worker worker = borrow(bound);
    try {
      worker.startPartition();
      int rows = root.getRowCount();
      boolean looksAhead = bound.operator().dependency().looksAhead();
      for (int from = 0; looksAhead && from < rows; from += Block.MAX_ROWS) {
        worker.gather(block(schema, decoders, buffers, from, rows));
      }
      for (int from = 0; from < rows; from += Block.MAX_ROWS) {
        Block block = worker.apply(block(schema, decoders, buffers, from, rows));
        if (!block.problems().isEmpty()) {
          RowProblem problem = block.problems().get(0);
          throw new IllegalArgumentException(
              "row %d (counted from 0): %s".formatted(from + problem.row(), problem.text()));
        }
        scored.add(block);
      }
    } finally {
      synchronized (bound.idle()) {
        bound.idle().push(worker);
      }
    }
    return vectors(bound.operator().output(), root.getRowCount(), scored, allocator);
  }

  private Bound bound(Schema schema) {
    synchronized (bindings) {
      Bound bound = bindings.get(schema);
      if (bound != null) {
        return bound;
      }
    }
    Bound made = new Bound(binder.apply(schema), new ArrayDeque<>());
    synchronized (bindings) {
      if (bindings.size() >= MOST_BINDINGS) {
        bindings.clear(); // a caller who never repeats a schema must not fill the heap
      }
      bindings.put(schema, made);
    }
    return made;
  }

  private static BlockOperator.Worker borrow(Bound bound) {
    synchronized (bound.idle()) {
      BlockOperator.Worker worker = bound.idle().poll();
      if (worker != null) {
        return worker;
      }
    }
    return bound.operator().worker();
  }

  /** A vector's own field has the type of its codes; its dictionary has that of the values. */
  private static ArrowColumn column(FieldVector vector, DictionaryProvider dictionaries) {
    DictionaryEncoding encoding = vector.getField().getDictionary();
    if (encoding == null) {
      return ArrowColumn.of(vector.getName(), vector.getField().getType(), null);
    }
    return ArrowColumn.of(
        vector.getName(),
        dictionary(vector.getName(), encoding, dictionaries).getVector().getField().getType(),
        encoding);
  }

  private static Dictionary dictionary(
      String name, DictionaryEncoding encoding, DictionaryProvider dictionaries) {
    Dictionary dictionary = dictionaries.lookup(encoding.getId());
    if (dictionary == null) {
      throw new IllegalArgumentException(
          "vector \"%s\" holds codes of the dictionary %d, which is not given; give it"
              .formatted(name, encoding.getId()));
    }
    return dictionary;
  }

  private static DecodedTexts texts(ArrowColumn column, DictionaryProvider dictionaries) {
    if (column.dictionary() == null) {
      return null;
    }
    FieldVector values = dictionary(column.name(), column.dictionary(), dictionaries).getVector();
    try {
      ColumnDecoder decoder =
          new ColumnDecoder(ArrowColumn.of(column.name(), column.values(), null), Entries.codes());
      return DecodedTexts.of(
          List.<String[]>of(Entries.read(decoder, buffers(values, null), values.getValueCount())));
    } catch (IOException e) {
      throw damaged(column.name(), e);
    }
  }

  private static ColumnDecoder.Buffers buffers(FieldVector vector, DecodedTexts texts) {
    List<Region> regions = new ArrayList<>();
    vector.getFieldBuffers().forEach(buffer -> regions.add(new Region.OfBuffer(buffer)));
    return new ColumnDecoder.Buffers(vector.getNullCount(), regions, texts);
  }

  /** The rows of vectors from one on, as many as a block holds. */
  private static Block block(
      Schema schema,
      List<ColumnDecoder> decoders,
      List<ColumnDecoder.Buffers> buffers,
      int from,
      int rows) {
    int count = Math.min(Block.MAX_ROWS, rows - from);
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < decoders.size(); i++) {
      columns.add(decode(schema.field(i), decoders.get(i), buffers.get(i), from, count));
    }
    return new Block(schema, count, columns);
  }

  private static Column decode(
      Field field, ColumnDecoder decoder, ColumnDecoder.Buffers buffers, int from, int count) {
    try {
      return decoder.decode(buffers, from, count);
    } catch (IOException e) {
      throw damaged(field.name(), e);
    }
  }

  private static IllegalArgumentException damaged(String name, IOException e) {
    return new IllegalArgumentException("vector \"%s\": %s".formatted(name, e.getMessage()), e);
  }

  private static VectorSchemaRoot vectors(
      Schema schema, int rows, List<Block> blocks, BufferAllocator allocator) {
    VectorSchemaRoot results = VectorSchemaRoot.create(ArrowTypes.plainSchema(schema), allocator);
    boolean done = false;
    try (Buffers buffers = new Buffers(allocator, rows)) {
      for (int i = 0; i < schema.size(); i++) {
        Column column = Joined.column(schema.field(i).type(), i, rows, blocks);
        if (column instanceof StringColumn strings) {
          buffers.addBytes(utf8(strings, rows));
        } else {
          buffers.add(schema.field(i), column);
        }
      }
      try (ArrowRecordBatch batch = buffers.batch()) {
        new VectorLoader(results).load(batch);
      }
      done = true;
      return results;
    } finally {
      if (!done) {
        results.close();
      }
    }
  }

  private static byte[][] utf8(StringColumn column, int rows) {
    byte[][] values = new byte[rows][];
    for (int row = 0; row < rows; row++) {
      String text = column.value(row);
      values[row] = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
    return values;
  }
}
