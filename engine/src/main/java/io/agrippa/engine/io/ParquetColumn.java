package io.agrippa.engine.io;

import io.agrippa.engine.data.Type;
import org.apache.parquet.format.FieldRepetitionType;
import org.apache.parquet.format.SchemaElement;

/**
 * A top-level column of a Parquet file.
 *
 * @param name its name
 * @param leaf position of its chunk in each row group; of the first one for a nested column
 * @param optional whether values may be missing
 * @param physical how values are stored; null for a nested column
 * @param length bytes of a value that is stored as a fixed number of bytes
 * @param unsigned whether stored integers count from zero
 * @param type what blocks hold; {@link Type.Foreign} for columns that cannot be read. Unsigned
 *     integers get the next wider type, half floats are floats, UUIDs and JSON are texts, the old
 *     96-bit timestamps are instants in nanoseconds
 */
record ParquetColumn(
    String name,
    int leaf,
    boolean optional,
    org.apache.parquet.format.Type physical,
    int length,
    boolean unsigned,
    Type type) {

  /** Makes a column of its element in the file's schema. */
  static ParquetColumn of(SchemaElement element, int leaf) {
    return new ParquetColumn(
        element.getName(),
        leaf,
        element.getRepetition_type() == FieldRepetitionType.OPTIONAL,
        element.getType(),
        element.getType_length(),
        ParquetTypes.isUnsigned(element),
        ParquetTypes.type(element));
  }
}
