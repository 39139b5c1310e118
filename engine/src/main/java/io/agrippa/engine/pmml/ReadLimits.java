package io.agrippa.engine.pmml;

/**
 * How much of everything a document may have. The first five hold below the XML parser, so that no
 * document makes it fill the memory with what would be refused afterwards. Lengths are in
 * characters, after decompression.
 *
 * @param totalLength of the document
 * @param depth of elements within each other
 * @param tagLength of one start tag with all its attributes
 * @param attributes of one element
 * @param textLength of one piece of text, comment or processing instruction
 * @param nesting of models within each other, and of expressions or predicates within each other:
 *     what is read and compiled by recursion, unlike the nodes of a tree, which only {@code depth}
 *     limits
 */
public record ReadLimits(
    long totalLength, int depth, int tagLength, int attributes, int textLength, int nesting) {
  /**
   * What is read unless told otherwise: 8 Gi characters, 250,000 elements deep, tags of 16 Mi
   * characters and 1,000 attributes, texts of 16 Mi characters, expressions nested 500 deep.
   */
  public static final ReadLimits DEFAULT =
      new ReadLimits(8L << 30, 250_000, 4 << 20, 1_000, 16 << 20, 500);

  public ReadLimits {
    positive("totalLength", totalLength);
    positive("depth", depth);
    positive("tagLength", tagLength);
    positive("attributes", attributes);
    positive("textLength", textLength);
    positive("nesting", nesting);
  }

  private static void positive(String name, long value) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be at least 1");
    }
  }
}
