package io.agrippa.engine.pmml;

import java.io.Reader;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The JDK's own streaming parser (never another one of the class path), shut against everything
 * outside the document.
 */
final class Parsers {
  /**
   * The parser's own limits are off, because they differ between Java releases (25 refuses nesting
   * beyond 100 and 200 attributes, which a deep tree and a wide table have) and because {@link
   * GuardedReader} holds ours below it. Those on entities stay: there are none without a document
   * type.
   */
  private static final String[] OWN_LIMITS = {
    "jdk.xml.maxElementDepth",
    "jdk.xml.elementAttributeLimit",
    "jdk.xml.maxXMLNameLimit",
    "jdk.xml.maxGeneralEntitySizeLimit",
    "jdk.xml.totalEntitySizeLimit"
  };

  private static final String NONE = Integer.toString(Integer.MAX_VALUE);

  private Parsers() {}

  static XMLStreamReader open(Reader reader, String place) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
    factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, true);
    factory.setProperty(XMLInputFactory.IS_COALESCING, false);
    for (String limit : OWN_LIMITS) {
      factory.setProperty(limit, NONE);
    }
    try {
      return factory.createXMLStreamReader(reader);
    } catch (XMLStreamException e) {
      throw Cursor.malformed(place, e);
    }
  }
}
