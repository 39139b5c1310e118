package io.agrippa.engine.compile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields that the tests of a model (with all models nested in it) look at, numbered from 0. For
 * a text field also the texts that the document compares it with: each has a class from 1, and all
 * other texts are class 0. So a text costs one look-up a dictionary entry and then is a small
 * number.
 *
 * <p>Filled at bind by one thread; not changed afterwards.
 */
final class Features {
  /** The class of texts that the document does not mention. */
  static final int OTHER = 0;

  private final List<FieldHandle> fields = new ArrayList<>();
  private final Map<Integer, Integer> bySlot = new HashMap<>();
  private final List<Map<String, Integer>> classes = new ArrayList<>();

  /** The number of a field. */
  int add(FieldHandle field) {
    Integer known = bySlot.putIfAbsent(field.slot(), fields.size());
    if (known != null) {
      return known;
    }
    fields.add(field);
    classes.add(field.type().isText() ? new HashMap<>() : Map.of());
    return fields.size() - 1;
  }

  int size() {
    return fields.size();
  }

  FieldHandle field(int feature) {
    return fields.get(feature);
  }

  /** The class of a text that the document mentions, a new one if it was not met before. */
  int mention(int feature, String text) {
    Map<String, Integer> known = classes.get(feature);
    Integer found = known.putIfAbsent(text, known.size() + 1);
    return found == null ? known.size() : found;
  }

  /** The class of a text of the data. */
  int classOf(int feature, String text) {
    return classes.get(feature).getOrDefault(text, OTHER);
  }

  /** Number of classes of a text field, {@link #OTHER} included. */
  int classCount(int feature) {
    return classes.get(feature).size() + 1;
  }

  /** The reader that a worker's scorers share. */
  FeatureReader reader(Frame frame) {
    return frame.shared(this, () -> new FeatureReader(this));
  }
}
