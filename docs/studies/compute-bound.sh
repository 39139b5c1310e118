#!/bin/sh
#
# Prints a PMML document that costs 10 to 15 µs a row and loads in a moment: a regression on 150 powers of the named
# fields. For studies of computing: compute-bound.sh x1 x2 x3 >dear.pmml
set -eu

[ $# -gt 0 ] || {
  echo 'compute-bound.sh: name the numeric fields to compute from, such as x1 x2 x3' >&2
  exit 2
}

printf '%s\n' "$@" | awk '
{ field[NR] = $0 }
END {
  print "<PMML xmlns=\"http://www.dmg.org/PMML-4_4\" version=\"4.4\"><Header/><DataDictionary>"
  for (f = 1; f <= NR; f++) printf "<DataField name=\"%s\" optype=\"continuous\" dataType=\"double\"/>\n", field[f]
  print "</DataDictionary><RegressionModel functionName=\"regression\"><MiningSchema>"
  for (f = 1; f <= NR; f++) printf "<MiningField name=\"%s\"/>\n", field[f]
  print "</MiningSchema><Output><OutputField name=\"y\" feature=\"predictedValue\" dataType=\"double\" optype=\"continuous\"/></Output>"
  print "<LocalTransformations>"
  for (d = 1; d <= 150; d++)
    printf "<DerivedField name=\"d%d\" optype=\"continuous\" dataType=\"double\"><Apply function=\"pow\"><Apply function=\"abs\"><FieldRef field=\"%s\"/></Apply><Constant dataType=\"double\">0.%03d</Constant></Apply></DerivedField>\n", d, field[d % NR + 1], d
  print "</LocalTransformations><RegressionTable intercept=\"0\">"
  for (d = 1; d <= 150; d++) printf "<NumericPredictor name=\"d%d\" coefficient=\"%d\"/>\n", d, d
  print "</RegressionTable></RegressionModel></PMML>"
}'
