/** A PMML model as a stage of spark.ml's pipelines. In a module of its own, which wants MLlib. */
package io.agrippa.spark.ml;
