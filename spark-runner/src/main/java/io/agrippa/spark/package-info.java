/**
 * Jobs on Apache Spark. {@link io.agrippa.spark.SessionRunner} does them in a session: the driver
 * cuts the input and hands out addresses of partitions, tasks open them where they run, as worker
 * processes do, so the bits are those of every other runner. Nothing here is kept in static fields:
 * what executors share is the value of a broadcast variable.
 */
package io.agrippa.spark;
