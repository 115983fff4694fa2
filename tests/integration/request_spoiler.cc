#include "tests/integration/request_spoiler.h"

#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "attlas/graph/v1/read_options.pb.h"
#include "attlas/graph/v1/time.pb.h"
#include "google/protobuf/descriptor.h"

namespace attlas::testing {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;
using google::protobuf::Message;
using google::protobuf::Reflection;

bool IsMessage(const FieldDescriptor& field, const Descriptor* type) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && field.message_type() == type;
}

// Texts that are no names: what is looked for, and what the service itself gave out.
bool IsName(const FieldDescriptor& field) {
  static const auto* const others =
      new std::set<std::string>{"query", "page_token", "since_revision"};
  return field.cpp_type() == FieldDescriptor::CPPTYPE_STRING && !others->contains(field.name());
}

// Whether what lies in it belongs to the question, as what is read and when do not.
bool IsPartOfQuestion(const FieldDescriptor& field) {
  return field.cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE &&
         !IsMessage(field, graph::v1::Date::descriptor()) &&
         !IsMessage(field, graph::v1::ReadOptions::descriptor());
}

// One letter that is wrong.
std::string Misspelt(std::string name) {
  if (name.empty()) return "x";
  name.back() = name.back() == 'x' || name.back() == 'X' ? 'q' : 'x';
  return name;
}

std::unique_ptr<Message> CopyOf(const Message& message) {
  std::unique_ptr<Message> copy(message.New());
  copy->CopyFrom(message);
  return copy;
}

// Calls `visit` for each name in `message`, which is a part of `*whole` and may be changed by it.
template <typename Visit>
void ForEachName(Message* message, const std::string& path, const Visit& visit) {
  const Reflection& reflection = *message->GetReflection();
  for (int i = 0; i < message->GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *message->GetDescriptor()->field(i);
    const int count =
        field.is_repeated() ? reflection.FieldSize(*message, &field)
        : IsName(field) || (IsPartOfQuestion(field) && reflection.HasField(*message, &field)) ? 1
                                                                                              : 0;
    for (int k = 0; k < count; ++k) {
      const std::string at =
          absl::StrCat(path, field.name(), field.is_repeated() ? absl::StrCat("[", k, "]") : "");
      if (IsName(field)) {
        const std::string text = field.is_repeated()
                                     ? reflection.GetRepeatedString(*message, &field, k)
                                     : reflection.GetString(*message, &field);
        if (!text.empty()) visit(message, field, k, at, text);
      } else if (IsPartOfQuestion(field)) {
        ForEachName(field.is_repeated() ? reflection.MutableRepeatedMessage(message, &field, k)
                                        : reflection.MutableMessage(message, &field),
                    at + ".", visit);
      }
    }
  }
}

void AddNameFields(const Descriptor& type, const std::string& path,
                   std::vector<std::string>* fields) {
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (IsName(field)) fields->push_back(path + field.name());
    if (IsPartOfQuestion(field)) {
      AddNameFields(*field.message_type(), absl::StrCat(path, field.name(), "."), fields);
    }
  }
}

graph::v1::Date DayThatIsNone() {
  graph::v1::Date date;
  date.set_year(2025);
  date.set_month(2);
  date.set_day(30);
  return date;
}

// Makes `field` of a message what it cannot be; empty where it can be anything, else where it is
// wrong.
std::string Spoil(Message* message, const FieldDescriptor& field) {
  const Reflection& reflection = *message->GetReflection();
  const std::string at = field.is_repeated() ? field.name() + "[0]" : field.name();
  if (IsMessage(field, graph::v1::Date::descriptor())) {
    if (field.is_repeated()) reflection.ClearField(message, &field);
    (field.is_repeated() ? reflection.AddMessage(message, &field)
                         : reflection.MutableMessage(message, &field))
        ->CopyFrom(DayThatIsNone());
    return at;
  }
  switch (field.cpp_type()) {
    case FieldDescriptor::CPPTYPE_INT32:
      reflection.SetInt32(message, &field, -1);
      return at;
    case FieldDescriptor::CPPTYPE_ENUM:
      if (field.is_repeated()) {
        reflection.ClearField(message, &field);
        reflection.AddEnumValue(message, &field, 99);
      } else {
        reflection.SetEnumValue(message, &field, 99);
      }
      return at;
    case FieldDescriptor::CPPTYPE_STRING:
      if (IsName(field) || field.name() == "query") return "";
      reflection.SetString(message, &field, "not-from-here");
      return at;
    default:
      return "";
  }
}

// The request once for each name that it gives, with another in its place.
template <typename Change>
std::vector<Spoilt> WithChangedNames(const Message& request, const Change& change) {
  std::vector<Spoilt> all;
  size_t count = 0;
  const std::unique_ptr<Message> seen = CopyOf(request);
  ForEachName(seen.get(), "", [&](const auto&...) { ++count; });
  for (size_t wanted = 0; wanted < count; ++wanted) {
    Spoilt spoilt{CopyOf(request), "", ""};
    size_t at = 0;
    ForEachName(spoilt.request.get(), "",
                [&](Message* message, const FieldDescriptor& field, int index,
                    const std::string& path, const std::string& text) {
                  if (at++ != wanted) return;
                  spoilt.field = path;
                  spoilt.right = text;
                  const Reflection& reflection = *message->GetReflection();
                  if (field.is_repeated()) {
                    reflection.SetRepeatedString(message, &field, index, change(text));
                  } else {
                    reflection.SetString(message, &field, change(text));
                  }
                });
    all.push_back(std::move(spoilt));
  }
  return all;
}

}  // namespace

std::vector<Spoilt> WithMisspeltNames(const Message& request) {
  return WithChangedNames(request, Misspelt);
}

std::vector<Spoilt> WithEndlessNames(const Message& request) {
  return WithChangedNames(request, [](const std::string&) { return std::string(100'000, 'a'); });
}

std::vector<Spoilt> WithCountlessNames(const Message& request) {
  std::vector<Spoilt> all;
  const Reflection& reflection = *request.GetReflection();
  for (int i = 0; i < request.GetDescriptor()->field_count(); ++i) {
    const FieldDescriptor& field = *request.GetDescriptor()->field(i);
    if (!field.is_repeated() || !IsName(field) || reflection.FieldSize(request, &field) == 0) {
      continue;
    }
    Spoilt spoilt{CopyOf(request), field.name(), ""};
    const std::string name = reflection.GetRepeatedString(request, &field, 0);
    for (int k = 0; k < 20'000; ++k) reflection.AddString(spoilt.request.get(), &field, name);
    all.push_back(std::move(spoilt));
  }
  return all;
}

std::vector<Spoilt> WithImpossibleValues(const Message& request) {
  std::vector<Spoilt> all;
  const Descriptor& type = *request.GetDescriptor();
  for (int i = 0; i < type.field_count(); ++i) {
    const FieldDescriptor& field = *type.field(i);
    if (!IsMessage(field, graph::v1::ReadOptions::descriptor())) {
      Spoilt spoilt{CopyOf(request), "", ""};
      spoilt.field = Spoil(spoilt.request.get(), field);
      if (!spoilt.field.empty()) all.push_back(std::move(spoilt));
      continue;
    }
    const auto add = [&](const char* what, auto spoil) {
      Spoilt spoilt{CopyOf(request), absl::StrCat(field.name(), ".", what), ""};
      spoil(dynamic_cast<graph::v1::ReadOptions*>(
          request.GetReflection()->MutableMessage(spoilt.request.get(), &field)));
      all.push_back(std::move(spoilt));
    };
    add("as_of", [](graph::v1::ReadOptions* read) { *read->mutable_as_of() = DayThatIsNone(); });
    add("at_revision", [](graph::v1::ReadOptions* read) { read->set_at_revision("yesterday"); });
    add("min_confidence", [](graph::v1::ReadOptions* read) {
      read->set_min_confidence(static_cast<graph::v1::Confidence>(99));
    });
  }
  return all;
}

std::vector<std::string> NameFields(const Descriptor& type) {
  std::vector<std::string> fields;
  AddNameFields(type, "", &fields);
  return fields;
}

std::string WithoutIndexes(const std::string& field) {
  std::string plain;
  bool in_index = false;
  for (const char c : field) {
    if (c == '[') in_index = true;
    if (!in_index) plain += c;
    if (c == ']') in_index = false;
  }
  return plain;
}

}  // namespace attlas::testing
