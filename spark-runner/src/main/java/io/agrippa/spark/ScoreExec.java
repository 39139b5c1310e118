package io.agrippa.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeSet;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.plans.physical.Partitioning;
import org.apache.spark.sql.execution.SparkPlan;
import org.apache.spark.sql.execution.metric.SQLMetric;
import org.apache.spark.sql.execution.metric.SQLMetrics;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.vectorized.ColumnarBatch;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Scores Spark's columnar batches: what its input gives, and behind it one struct for each
 * function. The struct that a function scores is made of columns of the input, so the vectors go to
 * the engine as they are, and none of its rows is ever made. Put into plans by {@code ScoreRule};
 * public for Spark only, which copies operators by their constructors.
 */
public final class ScoreExec extends SparkPlan {
  private static final long serialVersionUID = 1L;

  private final Seq<ScalaUDF> functions;
  private final Seq<Attribute> results;
  private final SparkPlan child;
  private transient scala.collection.immutable.Map<String, SQLMetric> metrics;

  /**
   * The operator. Its arguments are what {@link #productElement} gives, as Spark makes copies.
   *
   * @param functions of {@link RecordScoring}, each of a struct of attributes of the child
   * @param results what the structs of results are called, in the order of the functions
   */
  public ScoreExec(Seq<ScalaUDF> functions, Seq<Attribute> results, SparkPlan child) {
    this.functions = functions;
    this.results = results;
    this.child = child;
  }

  @Override
  public Seq<Attribute> output() {
    List<Attribute> all = new ArrayList<>(CollectionConverters.asJava(child.output()));
    all.addAll(CollectionConverters.asJava(results));
    return ScalaLists.of(all);
  }

  @Override
  public AttributeSet producedAttributes() {
    return AttributeSet.fromAttributeSets(
        ScalaLists.of(
            CollectionConverters.asJava(results).stream().map(AttributeSet::apply).toList()));
  }

  @Override
  public Seq<SparkPlan> children() {
    return ScalaLists.of(List.of(child));
  }

  @Override
  public SparkPlan withNewChildrenInternal(IndexedSeq<SparkPlan> children) {
    return new ScoreExec(functions, results, children.apply(0));
  }

  @Override
  public Partitioning outputPartitioning() {
    return child.outputPartitioning();
  }

  @Override
  public Seq<SortOrder> outputOrdering() {
    return child.outputOrdering();
  }

  @Override
  public boolean supportsColumnar() {
    return true;
  }

  @Override
  public synchronized scala.collection.immutable.Map<String, SQLMetric> metrics() {
    if (metrics == null) {
      metrics =
          scala.collection.immutable.Map.from(
              CollectionConverters.asScala(
                  Map.of(
                      "numOutputRows",
                      SQLMetrics.createMetric(sparkContext(), "number of output rows"),
                      "scoreTime",
                      SQLMetrics.createNanoTimingMetric(
                          sparkContext(),
                          "time scoring",
                          SQLMetrics.createNanoTimingMetric$default$3()))));
    }
    return metrics;
  }

  @Override
  public RDD<InternalRow> doExecute() {
    throw new IllegalStateException("scores columnar batches; Spark turns them into rows");
  }

  @Override
  public RDD<ColumnarBatch> doExecuteColumnar() {
    List<BatchScoring.Call> calls = new ArrayList<>();
    for (ScalaUDF function : CollectionConverters.asJava(functions)) {
      calls.add(
          new BatchScoring.Call(
              (RecordScoring) function.function(),
              (StructType) function.dataType(),
              positions(function)));
    }
    FlatMapFunction<java.util.Iterator<ColumnarBatch>, ColumnarBatch> scoring =
        new BatchScoring(calls, metrics().apply("numOutputRows"), metrics().apply("scoreTime"));
    return child.executeColumnar().toJavaRDD().mapPartitions(scoring).rdd();
  }

  /** Where the fields of the struct that a function scores stand in the child's output. */
  private int[] positions(ScalaUDF function) {
    CreateNamedStruct struct = (CreateNamedStruct) function.children().apply(0);
    return CollectionConverters.asJava(struct.valExprs()).stream()
        .mapToInt(value -> position((Attribute) value))
        .toArray();
  }

  private int position(Attribute column) {
    List<Attribute> columns = CollectionConverters.asJava(child.output());
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).exprId().equals(column.exprId())) {
        return i;
      }
    }
    throw new IllegalStateException("%s is not among %s".formatted(column, columns));
  }

  @Override
  public String nodeName() {
    return "Score";
  }

  @Override
  public int productArity() {
    return 3;
  }

  @Override
  public Object productElement(int n) {
    return switch (n) {
      case 0 -> functions;
      case 1 -> results;
      case 2 -> child;
      default -> throw new IndexOutOfBoundsException(n);
    };
  }

  @Override
  public boolean canEqual(Object that) {
    return that instanceof ScoreExec;
  }

  @Override
  public boolean equals(Object that) {
    return that instanceof ScoreExec other
        && functions.equals(other.functions)
        && results.equals(other.results)
        && child.equals(other.child);
  }

  @Override
  public int hashCode() {
    return Objects.hash(functions, results, child);
  }
}
