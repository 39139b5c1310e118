package io.agrippa.engine.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The nodes of a tree in flat arrays, in document order (a node before its children): some 40 bytes
 * a node.
 *
 * <p>Node 0 is the root. The subtree of node {@code n} is {@code n … end(n) − 1}; its first child
 * is {@code n + 1} and the sibling behind child {@code c} is {@code end(c)}, if these lie within.
 * Immutable; safe for use by many threads.
 */
public final class TreeNodes {
  private final int size;
  private final int[] ends;
  private final byte[] tests;
  private final int[] operands; // index in fields for a simple predicate, in predicates for another
  private final Texts values;
  private final Texts scores;
  private final Texts ids;
  private final Doubles recordCounts;
  private final int[] defaultChildren;
  private final List<String> fields;
  private final List<Predicate> predicates;
  private final int[] distributionStarts;
  private final int[] distributionLabels;
  private final Doubles distributionCounts;
  private final Doubles distributionProbabilities;
  private final Doubles distributionConfidences;
  private final List<String> labels;
  private final Map<Integer, Model> embedded;
  private final int[] lines;

  private TreeNodes(Builder b) {
    size = b.size;
    ends = Arrays.copyOf(b.ends, size);
    tests = Arrays.copyOf(b.tests, size);
    operands = Arrays.copyOf(b.operands, size);
    values = b.values;
    scores = b.scores;
    ids = b.ids;
    values.trim();
    scores.trim();
    ids.trim();
    recordCounts = Doubles.of(b.recordCounts, size);
    defaultChildren = b.anyDefaultChild ? Arrays.copyOf(b.defaultChildren, size) : null;
    fields = List.copyOf(b.fields.keySet());
    predicates = List.copyOf(b.predicates);
    distributionStarts =
        b.distributions == 0 ? null : Arrays.copyOf(b.distributionStarts, size + 1);
    if (distributionStarts != null) {
      distributionStarts[size] = b.distributions;
    }
    distributionLabels = Arrays.copyOf(b.distributionLabels, b.distributions);
    distributionCounts = Doubles.of(b.distributionCounts, b.distributions);
    distributionProbabilities = Doubles.of(b.distributionProbabilities, b.distributions);
    distributionConfidences = Doubles.of(b.distributionConfidences, b.distributions);
    labels = List.copyOf(b.labels.keySet());
    embedded = Map.copyOf(b.embedded);
    lines = Arrays.copyOf(b.lines, size);
  }

  /** What a node's predicate is. */
  public enum Test {
    /** True. */
    TRUE,
    /** False. */
    FALSE,
    /**
     * A SimplePredicate: see {@link TreeNodes#operator}, {@link TreeNodes#field}, {@link
     * TreeNodes#valueText}.
     */
    SIMPLE,
    /** A SimpleSetPredicate or CompoundPredicate: see {@link TreeNodes#predicate}. */
    OTHER
  }

  private static final byte TRUE = -1;
  private static final byte FALSE = -2;
  private static final byte OTHER = -3;
  private static final Predicate.Operator[] OPERATORS = Predicate.Operator.values();

  /** Number of nodes, at least 1. */
  public int size() {
    return size;
  }

  /** The node behind the last one of this node's subtree. */
  public int end(int node) {
    return ends[node];
  }

  /** Whether the node has no children. */
  public boolean isLeaf(int node) {
    return ends[node] == node + 1;
  }

  /** What the node's predicate is. */
  public Test test(int node) {
    return switch (tests[node]) {
      case TRUE -> Test.TRUE;
      case FALSE -> Test.FALSE;
      case OTHER -> Test.OTHER;
      default -> Test.SIMPLE;
    };
  }

  /** Operator of a {@link Test#SIMPLE} node. */
  public Predicate.Operator operator(int node) {
    return OPERATORS[tests[node]];
  }

  /** The field of a {@link Test#SIMPLE} node, as an index in {@link #fields}. */
  public int field(int node) {
    return operands[node];
  }

  /** The fields that {@link Test#SIMPLE} nodes test. */
  public List<String> fields() {
    return fields;
  }

  /** The value of a {@link Test#SIMPLE} node as written; null for isMissing and isNotMissing. */
  public String valueText(int node) {
    return values.text(node);
  }

  /**
   * The value of a {@link Test#SIMPLE} node as the nearest double, or NaN if it is not a number.
   */
  public double valueNumber(int node) {
    return values.number(node);
  }

  /** The value of a {@link Test#SIMPLE} node as the nearest float, or NaN if it is not a number. */
  public float valueSingle(int node) {
    return values.single(node);
  }

  /** The node's predicate, whatever it is. */
  public Predicate predicate(int node) {
    return switch (test(node)) {
      case TRUE -> new Predicate.True();
      case FALSE -> new Predicate.False();
      case SIMPLE ->
          new Predicate.Simple(
              fields.get(operands[node]), operator(node), valueText(node), line(node));
      case OTHER -> predicates.get(operands[node]);
    };
  }

  /** The node's score as written, or null. */
  public String scoreText(int node) {
    return scores.text(node);
  }

  /** The node's score as the nearest double, or NaN if there is none or it is not a number. */
  public double scoreNumber(int node) {
    return scores.number(node);
  }

  /** The node's score as the nearest float, or NaN if there is none or it is not a number. */
  public float scoreSingle(int node) {
    return scores.single(node);
  }

  /** The node's id, or null. */
  public String id(int node) {
    return ids.text(node);
  }

  /** The node's recordCount, NaN where absent. */
  public double recordCount(int node) {
    return recordCounts.at(node);
  }

  /** The child to take when the predicates are unknown, or −1. */
  public int defaultChild(int node) {
    return defaultChildren == null ? -1 : defaultChildren[node];
  }

  /** The Regression or DecisionTree embedded in the node, or null. */
  public Model embedded(int node) {
    return embedded.get(node);
  }

  /** Whether any node has a model embedded. */
  public boolean hasEmbedded() {
    return !embedded.isEmpty();
  }

  /** First ScoreDistribution of the node; they run to that of {@code node + 1}. */
  public int distributionStart(int node) {
    return distributionStarts == null ? 0 : distributionStarts[node];
  }

  /** The category of a ScoreDistribution, as an index in {@link #labels}. */
  public int distributionLabel(int distribution) {
    return distributionLabels[distribution];
  }

  /** recordCount of a ScoreDistribution, NaN where absent. */
  public double distributionCount(int distribution) {
    return distributionCounts.at(distribution);
  }

  /** probability of a ScoreDistribution, NaN where absent. */
  public double distributionProbability(int distribution) {
    return distributionProbabilities.at(distribution);
  }

  /** confidence of a ScoreDistribution, NaN where absent. */
  public double distributionConfidence(int distribution) {
    return distributionConfidences.at(distribution);
  }

  /** The categories that ScoreDistributions name, as written, in order of first appearance. */
  public List<String> labels() {
    return labels;
  }

  /** Line of the node's element, 0 if unknown. */
  public int line(int node) {
    return lines[node];
  }

  /** Takes nodes in document order. Not safe for use by many threads. */
  public static final class Builder {
    private int size;
    private int[] ends = new int[16];
    private byte[] tests = new byte[16];
    private int[] operands = new int[16];
    private final Texts values = new Texts();
    private final Texts scores = new Texts();
    private final Texts ids = new Texts();
    private double[] recordCounts = new double[16];
    private int[] defaultChildren = new int[16];
    private int[] lines = new int[16];
    private boolean anyDefaultChild;
    private final Map<Integer, String> defaultChildIds = new HashMap<>(); // of the open nodes only
    private final Map<String, Integer> fields = new LinkedHashMap<>();
    private final List<Predicate> predicates = new ArrayList<>();
    private int[] distributionStarts = new int[17];
    private int[] distributionLabels = new int[16];
    private double[] distributionCounts = new double[16];
    private double[] distributionProbabilities = new double[16];
    private double[] distributionConfidences = new double[16];
    private int distributions;
    private final Map<String, Integer> labels = new LinkedHashMap<>();
    private final Map<Integer, Model> embedded = new HashMap<>();

    /**
     * Opens a node below the one that is open.
     *
     * @param id null where absent
     * @param score null where absent
     * @param recordCount NaN where absent
     * @param defaultChildId null where absent
     * @param line 0 where unknown
     * @return its number
     */
    public int open(
        String id,
        String score,
        double recordCount,
        String defaultChildId,
        Predicate predicate,
        int line) {
      if (size == ends.length) {
        int capacity = size * 2;
        ends = Arrays.copyOf(ends, capacity);
        tests = Arrays.copyOf(tests, capacity);
        operands = Arrays.copyOf(operands, capacity);
        recordCounts = Arrays.copyOf(recordCounts, capacity);
        defaultChildren = Arrays.copyOf(defaultChildren, capacity);
        lines = Arrays.copyOf(lines, capacity);
        distributionStarts = Arrays.copyOf(distributionStarts, capacity + 1);
      }
      int node = size++;
      ids.add(id);
      scores.add(score);
      recordCounts[node] = recordCount;
      defaultChildren[node] = -1;
      lines[node] = line;
      if (defaultChildId != null) {
        defaultChildIds.put(node, defaultChildId);
        anyDefaultChild = true;
      }
      distributionStarts[node] = distributions;
      test(node, predicate);
      return node;
    }

    private void test(int node, Predicate predicate) {
      String value = null;
      if (predicate instanceof Predicate.True) {
        tests[node] = TRUE;
      } else if (predicate instanceof Predicate.False) {
        tests[node] = FALSE;
      } else if (predicate instanceof Predicate.Simple simple) {
        tests[node] = (byte) simple.operator().ordinal();
        operands[node] = index(fields, simple.field());
        value = simple.value();
      } else {
        tests[node] = OTHER;
        operands[node] = predicates.size();
        predicates.add(predicate);
      }
      values.add(value);
    }

    private static int index(Map<String, Integer> map, String key) {
      Integer known = map.putIfAbsent(key, map.size());
      return known == null ? map.size() - 1 : known;
    }

    /**
     * Adds a ScoreDistribution to the node opened last, before its children are opened; numbers NaN
     * where absent.
     */
    public void distribution(
        String value, double recordCount, double probability, double confidence) {
      if (distributions == distributionLabels.length) {
        int capacity = distributions * 2;
        distributionLabels = Arrays.copyOf(distributionLabels, capacity);
        distributionCounts = Arrays.copyOf(distributionCounts, capacity);
        distributionProbabilities = Arrays.copyOf(distributionProbabilities, capacity);
        distributionConfidences = Arrays.copyOf(distributionConfidences, capacity);
      }
      distributionLabels[distributions] = index(labels, value);
      distributionCounts[distributions] = recordCount;
      distributionProbabilities[distributions] = probability;
      distributionConfidences[distributions] = confidence;
      distributions++;
    }

    /**
     * Embeds a model in a node.
     *
     * @throws IllegalArgumentException if the node has one already
     */
    public void embed(int node, Model model) {
      if (embedded.putIfAbsent(node, model) != null) {
        throw new IllegalArgumentException("a second model is embedded in this node");
      }
    }

    /**
     * Closes a node whose children are all closed.
     *
     * @throws IllegalArgumentException if its default child is not among its children
     */
    public void close(int node) {
      ends[node] = size;
      String wanted = defaultChildIds.remove(node);
      if (wanted == null) {
        return;
      }
      for (int child = node + 1; child < size; child = ends[child]) {
        if (wanted.equals(ids.text(child))) {
          defaultChildren[node] = child;
          return;
        }
      }
      throw new IllegalArgumentException(
          "defaultChild \"" + wanted + "\" is not the id of a child of this node");
    }

    /** The tree; the builder is not to be used afterwards. */
    public TreeNodes build() {
      if (size == 0) {
        throw new IllegalStateException("a tree has at least its root");
      }
      return new TreeNodes(this);
    }
  }
}
