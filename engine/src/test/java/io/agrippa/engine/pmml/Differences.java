package io.agrippa.engine.pmml;

import io.agrippa.engine.model.TreeNodes;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Finds where two documents say different things, whatever their lines, places and versions. */
final class Differences {
  private static final Set<String> IGNORED = Set.of("line", "place", "version");

  /** Asking a class for its components is slow. */
  private static final ClassValue<List<Method>> ACCESSORS =
      new ClassValue<>() {
        @Override
        protected List<Method> computeValue(Class<?> type) {
          return Stream.of(type.getRecordComponents())
              .filter(component -> !IGNORED.contains(component.getName()))
              .map(RecordComponent::getAccessor)
              .toList();
        }
      };

  private Differences() {}

  /** Path to the first difference with both values, or null where there is none. */
  static String first(Object a, Object b) throws ReflectiveOperationException {
    return first(a, b, "");
  }

  private static String first(Object a, Object b, String path) throws ReflectiveOperationException {
    if (a == null || b == null || (a.getClass() != b.getClass() && !(a instanceof List))) {
      return a == b ? null : path + ": " + a + " / " + b;
    }
    if (a instanceof Record) {
      for (Method accessor : ACCESSORS.get(a.getClass())) {
        String difference =
            first(accessor.invoke(a), accessor.invoke(b), path + "." + accessor.getName());
        if (difference != null) {
          return difference;
        }
      }
      return null;
    }
    if (a instanceof List<?> list) {
      return elements(list.toArray(), ((List<?>) b).toArray(), path);
    }
    if (a instanceof Object[] array) {
      return elements(array, (Object[]) b, path);
    }
    if (a instanceof TreeNodes nodes) {
      return nodes(nodes, (TreeNodes) b, path);
    }
    return a.equals(b) ? null : path + ": " + a + " / " + b;
  }

  private static String elements(Object[] a, Object[] b, String path)
      throws ReflectiveOperationException {
    if (a.length != b.length) {
      return path + ": " + Arrays.deepToString(a) + " / " + Arrays.deepToString(b);
    }
    for (int i = 0; i < a.length; i++) {
      String difference = first(a[i], b[i], path + "[" + i + "]");
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  private static String nodes(TreeNodes a, TreeNodes b, String path)
      throws ReflectiveOperationException {
    if (a.size() != b.size()) {
      return path + ".size: " + a.size() + " / " + b.size();
    }
    for (int node = 0; node < a.size(); node++) {
      String difference = first(node(a, node), node(b, node), path + "[node " + node + "]");
      if (difference != null) {
        return difference;
      }
    }
    return null;
  }

  private static Object[] node(TreeNodes nodes, int node) {
    int start = nodes.distributionStart(node);
    int count = nodes.distributionStart(node + 1) - start;
    Object[] distributions = new Object[count * 4];
    for (int i = 0; i < count; i++) {
      distributions[4 * i] = nodes.labels().get(nodes.distributionLabel(start + i));
      distributions[4 * i + 1] = nodes.distributionCount(start + i);
      distributions[4 * i + 2] = nodes.distributionProbability(start + i);
      distributions[4 * i + 3] = nodes.distributionConfidence(start + i);
    }
    return new Object[] {
      nodes.end(node),
      nodes.id(node),
      nodes.scoreText(node),
      nodes.scoreNumber(node),
      nodes.recordCount(node),
      nodes.defaultChild(node),
      nodes.predicate(node),
      nodes.valueNumber(node),
      distributions,
      nodes.embedded(node)
    };
  }

  /** Fails unless the two say the same. */
  static void assertSame(Object expected, Object actual) throws ReflectiveOperationException {
    String difference = first(expected, actual);
    if (difference != null) {
      throw new AssertionError("differs at " + Objects.toString(difference));
    }
  }
}
