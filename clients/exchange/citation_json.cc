#include "clients/exchange/citation_json.h"

#include "graph/model/date.h"

namespace attlas::exchange {

JsonValue CitationsAsJson(const google::protobuf::RepeatedPtrField<graph::Citation>& citations) {
  JsonValue all = JsonValue::Array();
  for (const graph::Citation& citation : citations) {
    JsonValue one = JsonValue::Object();
    const auto set = [&](const char* name, std::string_view text) {
      if (!text.empty()) one.Set(name, JsonValue::Text(text));
    };
    set("source", citation.source());
    set("locator", citation.locator());
    set("confidence", graph::ConfidenceName(citation.confidence()));
    set("retrieved", graph::FormatDate(citation.retrieved()));
    set("note", citation.note());
    all.Add(std::move(one));
  }
  return all;
}

}  // namespace attlas::exchange
