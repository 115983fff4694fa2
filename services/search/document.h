// What is searched: a node, or a statement that says something in words.
//
// Threads: plain values.
#ifndef ATTLAS_SERVICES_SEARCH_DOCUMENT_H_
#define ATTLAS_SERVICES_SEARCH_DOCUMENT_H_

#include <optional>
#include <string>
#include <vector>

#include "attlas/graph/v1/marking.pb.h"
#include "graph/model/date.h"
#include "graph/model/statement.h"

namespace attlas::search {

// A node by its name and by the name that people read.
struct NamedEntity {
  std::string name;
  std::string display_name;
};

// A piece of text and where it comes from, such as `paraphrase`.
struct FieldText {
  std::string field;
  std::string text;
};

// That a document is about a theme, by a statement.
struct ThemeLink {
  NamedEntity theme;
  graph::Confidence confidence = graph::v1::CONFIDENCE_UNSPECIFIED;
  graph::DayNumber valid_from = graph::kBeginningOfTime;
  graph::DayNumber valid_to = graph::kEndOfTime;
};

struct Document {
  std::string name;  // `states/IDN`, or `edges/<id>`.
  std::string type;  // The node type, or the edge type.
  std::string title;
  std::vector<std::string> aliases;
  std::vector<FieldText> texts;    // In the order of the ontology.
  std::vector<std::string> words;  // What it is found by beside these, and is not shown.
  std::optional<int32_t> year;     // That of its first date.
  std::vector<ThemeLink> themes;
  graph::v1::Marking marking;

  // Of statements alone: itself, its ends, when it holds, how sure it is.
  bool is_statement = false;
  graph::Edge statement;
  NamedEntity from;
  NamedEntity to;
  graph::DayNumber valid_from = graph::kBeginningOfTime;
  graph::DayNumber valid_to = graph::kEndOfTime;
  graph::Confidence confidence = graph::v1::CONFIDENCE_UNSPECIFIED;
};

}  // namespace attlas::search

#endif  // ATTLAS_SERVICES_SEARCH_DOCUMENT_H_
