package io.agrippa.spark;

import java.util.List;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/** Lists as Spark's planner wants them. */
final class ScalaLists {
  private ScalaLists() {}

  static <T> Seq<T> of(List<? extends T> list) {
    List<T> copy = List.copyOf(list);
    return CollectionConverters.asScala(copy).toSeq();
  }
}
