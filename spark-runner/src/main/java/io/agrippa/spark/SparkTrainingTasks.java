package io.agrippa.spark;

import io.agrippa.models.TrainingTasks;
import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/**
 * Parts of a training as tasks of a Spark job in the driver's session: what they have in common is
 * broadcast. Smile has to be on the executors' class path ({@code --jars}). Public for {@link
 * java.util.ServiceLoader} only.
 */
public final class SparkTrainingTasks implements TrainingTasks {
  @Override
  public String name() {
    return SparkRunnerProvider.KIND;
  }

  private static JavaSparkContext context() {
    SparkSession session = SparkSession.builder().appName("agrippa").getOrCreate();
    return JavaSparkContext.fromSparkContext(session.sparkContext());
  }

  @Override
  public int count() {
    return 2 * context().defaultParallelism(); // two each even out trees of unequal size
  }

  @Override
  public <S extends Serializable, R extends Serializable> List<R> run(
      S shared, int tasks, Task<S, R> task) {
    JavaSparkContext context = context();
    Broadcast<S> broadcast = context.broadcast(shared);
    try {
      context.sc().setJobDescription("agrippa: training, " + tasks + " parts");
      return context
          .parallelize(IntStream.range(0, tasks).boxed().toList(), tasks)
          .map(index -> task.run(broadcast.value(), index))
          .collect();
    } finally {
      context.sc().setJobDescription(null);
      broadcast.destroy();
    }
  }
}
