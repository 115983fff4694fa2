// attlas call: any method, with JSON.
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "clients/cli/commands/commands.h"
#include "clients/cli/dynamic_call.h"
#include "clients/cli/output/json.h"
#include "clients/cli/output/table.h"
#include "google/protobuf/struct.pb.h"
#include "graph/base/error.h"
#include "graph/base/status_macros.h"

namespace attlas::cli {
namespace {

struct Arguments {
  std::string method;
  std::string data = "{}";
  bool list = false;
};

absl::Status RunList(Session& session) {
  google::protobuf::Struct json;
  Document document;
  Table table{.title = "",
              .columns = {{.header = "Method", .key = "method"},
                          {.header = "Kind", .key = "kind"},
                          {.header = "Request", .key = "request", .shown = Shown::kCsvOnly}},
              .rows = {}};
  auto* list = (*json.mutable_fields())["methods"].mutable_list_value();
  for (const auto* method : BuiltInMethods()) {
    table.rows.push_back(
        {MethodName(*method), MethodKind(*method), method->input_type()->full_name()});
    auto& fields = *list->add_values()->mutable_struct_value()->mutable_fields();
    fields["method"].set_string_value(MethodName(*method));
    fields["kind"].set_string_value(std::string(MethodKind(*method)));
    fields["request"].set_string_value(method->input_type()->full_name());
  }
  document.Add(std::move(table));
  // The usual JSON is for answers; a list is for people.
  if (session.options().output.empty()) {
    return session.console().Write(FormatTable(document, session.console().layout()));
  }
  return session.Show(json, [&] { return document; });
}

// The JSON itself, `@file`, or `-` for standard input.
absl::StatusOr<std::string> ReadData(const std::string& data) {
  if (data == "-") return std::string(std::istreambuf_iterator<char>(std::cin), {});
  if (data.empty() || data.front() != '@') return data;
  std::ifstream file(data.substr(1), std::ios::binary);
  if (!file) return graph::InvalidField("--data", absl::StrCat("cannot read ", data.substr(1)));
  return std::string(std::istreambuf_iterator<char>(file), {});
}

absl::Status Run(const Arguments& arguments, Session& session) {
  if (arguments.list) return RunList(session);
  if (arguments.method.empty()) {
    return graph::InvalidField("method", "is missing; `attlas call --list` names them");
  }
  if (session.form() != OutputForm::kJson) {
    return graph::InvalidField("--output", "an answer of `call` is JSON; leave the option out");
  }
  ATTLAS_ASSIGN_OR_RETURN(const std::string json, ReadData(arguments.data));
  ATTLAS_ASSIGN_OR_RETURN(const FoundMethod found,
                          FindMethod(session.connection(), arguments.method));
  // Answers of a stream are one line each, so that a reader can tell them apart.
  const bool stream = found.method->server_streaming();
  return CallMethod(session.connection(), found, json,
                    [&](const google::protobuf::Message& answer) -> absl::Status {
                      ATTLAS_ASSIGN_OR_RETURN(const std::string text,
                                              stream ? FormatJsonLine(answer) : FormatJson(answer));
                      return session.console().Write(text);
                    });
}

}  // namespace

void AddCallCommand(Program* program) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = program->AddCommand(
      "call", "Calls any method with JSON; answers of a stream are one line each");
  command->add_option("method", arguments->method, "The method, as GraphService/GetNode");
  command
      ->add_option("-d,--data", arguments->data,
                   "The request as JSON, @file, or - (default: {}); of a stream, one in a line")
      ->type_name("JSON");
  command->add_flag("--list", arguments->list, "List the methods");
  program->AddCallOptions(command);
  program->OnRun(
      command, [arguments](Session& session) { return Run(*arguments, session); },
      OutputForm::kJson);
}

}  // namespace attlas::cli
