package io.agrippa.engine.compile;

import io.agrippa.engine.data.Bits;
import io.agrippa.engine.data.Dictionary;
import io.agrippa.engine.data.DictionaryBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The output fields of several segments as one set of fields: each row takes all of them from one
 * segment, and has none of those that this segment does not have. Where only one segment can give a
 * row's result, its own fields serve.
 */
final class MergedOutputs {
  private final List<FieldHandle> fields;
  private final FieldHandle[][] sources; // by candidate, then field; null where it has none
  private final boolean direct;

  /**
   * @param direct whether each row gets its result from the only candidate
   */
  MergedOutputs(List<List<FieldHandle>> candidates, boolean direct, Scope scope) {
    this.direct = direct;
    if (direct) {
      fields = List.copyOf(candidates.get(0));
      sources = new FieldHandle[0][];
      return;
    }
    Map<String, FieldHandle> merged = new LinkedHashMap<>();
    for (List<FieldHandle> candidate : candidates) {
      for (FieldHandle field : candidate) {
        merged.computeIfAbsent(field.name(), name -> scope.slot(name, field.type()));
      }
    }
    fields = List.copyOf(merged.values());
    sources = new FieldHandle[candidates.size()][fields.size()];
    for (int c = 0; c < sources.length; c++) {
      for (FieldHandle field : candidates.get(c)) {
        FieldHandle target = merged.get(field.name());
        if (target.type().isText() != field.type().isText()) {
          throw scope.error(
              0,
              "OutputField \"%s\" is a string in one segment and a number in another; rename one"
                  .formatted(field.name()));
        }
        sources[c][fields.indexOf(target)] = field;
      }
    }
  }

  List<FieldHandle> fields() {
    return fields;
  }

  Runner runner() {
    return new Runner();
  }

  /** Merges for one worker. */
  final class Runner {
    private final List<Texts> texts = new ArrayList<>();
    private Vector[] vectors;

    /** Begins a block: nothing has a value yet. */
    void begin(Frame frame) {
      if (direct) {
        return;
      }
      if (vectors == null) {
        vectors = new Vector[fields.size()];
        for (FieldHandle field : fields) {
          texts.add(field.type().isText() ? new Texts() : null);
        }
      }
      for (int f = 0; f < vectors.length; f++) {
        vectors[f] = frame.set(fields.get(f).slot());
        long[] missing = vectors[f].missingBuffer();
        for (int w = 0; w < frame.words(); w++) {
          missing[w] = Masks.word(null, w, frame.rows());
        }
        if (texts.get(f) == null) {
          vectors[f].numberBuffer();
        } else {
          Arrays.fill(vectors[f].codeBuffer(), -1);
          vectors[f].dictionary = texts.get(f).builder.snapshot();
        }
      }
    }

    /** Gives the rows the fields of a candidate instead of those that they had. */
    void take(Frame frame, int candidate, long[] rows) {
      if (direct) {
        return;
      }
      for (int f = 0; f < vectors.length; f++) {
        FieldHandle source = sources[candidate][f];
        Vector from = source == null ? null : frame.vector(source.slot());
        for (int w = 0; w < frame.words(); w++) {
          for (long m = rows[w]; m != 0; m &= m - 1) {
            int row = (w << 6) + Long.numberOfTrailingZeros(m);
            copy(f, from, row);
          }
        }
        if (texts.get(f) != null) {
          vectors[f].dictionary = texts.get(f).builder.snapshot();
        }
      }
    }

    private void copy(int f, Vector from, int row) {
      Vector to = vectors[f];
      boolean missing = from == null || Bits.get(from.missing, row);
      if (texts.get(f) != null) {
        to.codes[row] = missing ? -1 : texts.get(f).code(from.dictionary, from.codes[row]);
      } else if (!missing) {
        to.numbers[row] = from.numbers[row];
      }
      if (missing) {
        Bits.set(to.missing, row);
      } else {
        Bits.clear(to.missing, row);
      }
      if (from != null && Bits.get(from.errors, row)) {
        Bits.set(to.errorBuffer(), row);
      } else if (Bits.get(to.errors, row)) {
        Bits.clear(to.errors, row);
      }
    }
  }

  /** The texts of a merged field, out of the dictionaries of several. */
  private static final class Texts {
    private final DictionaryBuilder builder = new DictionaryBuilder();
    private Dictionary last = Dictionary.EMPTY;
    private int[] translation = new int[0];

    int code(Dictionary dictionary, int code) {
      if (dictionary != last) {
        last = dictionary;
        translation = new int[dictionary.size()];
        Arrays.fill(translation, -1);
      }
      if (translation[code] < 0) {
        translation[code] = builder.code(dictionary.value(code));
      }
      return translation[code];
    }
  }
}
