#include "services/gateway/site/reference_page.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/descriptor.pb.h"
#include "services/gateway/rpc/method_table.h"

namespace attlas::gateway {
namespace {

using google::protobuf::Descriptor;
using google::protobuf::FieldDescriptor;

constexpr char kHead[] =
    "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
    "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
    "<link rel=\"stylesheet\" href=\"/reference.css\">\n";

constexpr char kStyle[] = R"(:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 1rem; }
code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
nav ul { columns: 18rem; padding-left: 1.2rem; }
section { border-top: 1px solid #8888; margin-top: 2rem; }
table { border-collapse: collapse; display: block; overflow-x: auto; }
caption { text-align: left; font-weight: bold; padding: 0.5rem 0; }
th, td { border-bottom: 1px solid #8886; padding: 0.3rem 0.8rem 0.3rem 0; text-align: left;
  vertical-align: top; }
@media print { nav { display: none; } }
)";

// Comments as paragraphs, with what stands between backticks as code.
std::string Prose(const std::string& comment) {
  std::string html;
  for (const absl::string_view paragraph : absl::StrSplit(comment, "\n\n", absl::SkipEmpty())) {
    html += "<p>";
    bool code = false;
    for (const absl::string_view part : absl::StrSplit(paragraph, '`')) {
      const std::string text = EscapeHtml(std::string_view(part.data(), part.size()));
      absl::StrAppend(&html, code ? absl::StrCat("<code>", text, "</code>") : text);
      code = !code;
    }
    html += "</p>\n";
  }
  return html;
}

std::string LinkTo(const std::string& name) {
  return absl::StrCat("<a href=\"#", EscapeHtml(name), "\"><code>", EscapeHtml(name),
                      "</code></a>");
}

std::string TypeOf(const FieldDescriptor& field) {
  if (field.is_map()) {
    return absl::StrCat("map to ", TypeOf(*field.message_type()->map_value()));
  }
  std::string type = absl::StrCat("<code>", field.type_name(), "</code>");
  if (field.enum_type() != nullptr) type = LinkTo(field.enum_type()->full_name());
  if (field.message_type() != nullptr) type = LinkTo(field.message_type()->full_name());
  return field.is_repeated() ? absl::StrCat("list of ", type) : type;
}

std::string MessageSection(const Descriptor& message, const ApiComments& comments) {
  std::string html =
      absl::StrCat("<section id=\"", message.full_name(), "\">\n<h3><code>", message.full_name(),
                   "</code></h3>\n", Prose(comments.OfMessage(message.full_name())));
  if (message.field_count() == 0) return html + "<p>It has no fields.</p>\n</section>\n";
  html += "<table>\n<thead><tr><th>Field</th><th>Type</th><th>Meaning</th></tr></thead>\n<tbody>\n";
  for (int i = 0; i < message.field_count(); ++i) {
    const FieldDescriptor& field = *message.field(i);
    absl::StrAppend(&html, "<tr><td><code>", field.json_name(), "</code></td><td>", TypeOf(field),
                    "</td><td>", Prose(comments.OfField(field.full_name())), "</td></tr>\n");
  }
  return html + "</tbody>\n</table>\n</section>\n";
}

std::string EnumSection(const google::protobuf::EnumDescriptor& type, const ApiComments& comments) {
  std::string html =
      absl::StrCat("<section id=\"", type.full_name(), "\">\n<h3><code>", type.full_name(),
                   "</code></h3>\n", Prose(comments.OfEnum(type.full_name())),
                   "<table>\n<thead><tr><th>Value</th><th>Meaning</th></tr></thead>\n<tbody>\n");
  for (int i = 0; i < type.value_count(); ++i) {
    absl::StrAppend(&html, "<tr><td><code>", type.value(i)->name(), "</code></td><td>",
                    Prose(comments.OfEnumValue(type.value(i)->full_name())), "</td></tr>\n");
  }
  return html + "</tbody>\n</table>\n</section>\n";
}

std::string MethodSection(const MethodDescriptor& method, const ApiComments& comments) {
  const std::string path = PathOf(method);
  std::string verbs = TakesGet(method) ? "POST or GET" : "POST";
  std::string html = absl::StrCat("<section id=\"", method.full_name(), "\">\n<h3>", method.name(),
                                  "</h3>\n", Prose(comments.OfMethod(method.full_name())), "<p>",
                                  verbs, " <code>", EscapeHtml(path), "</code></p>\n<p>Takes ",
                                  method.client_streaming() ? "a stream of " : "",
                                  LinkTo(method.input_type()->full_name()), ", gives ",
                                  method.server_streaming() ? "a stream of " : "",
                                  LinkTo(method.output_type()->full_name()), ".</p>\n</section>\n");
  return html;
}

std::string Contents(const std::vector<const ServiceDescriptor*>& services) {
  std::string html = "<nav aria-label=\"Contents\">\n";
  for (const ServiceDescriptor* service : services) {
    absl::StrAppend(&html, "<h2>", service->name(), "</h2>\n<ul>\n");
    for (int i = 0; i < service->method_count(); ++i) {
      const MethodDescriptor& method = *service->method(i);
      absl::StrAppend(&html, "<li><a href=\"#", method.full_name(), "\">", method.name(),
                      "</a></li>\n");
    }
    html += "</ul>\n";
  }
  return html + "</nav>\n";
}

}  // namespace

std::string EscapeHtml(std::string_view text) {
  std::string html;
  for (const char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      default:
        html += c;
    }
  }
  return html;
}

std::string ReferencePage(const std::vector<const ServiceDescriptor*>& services,
                          const ApiComments& comments) {
  std::string html = absl::StrCat(
      kHead,
      "<title>Attlas: the RPCs</title>\n</head>\n<body>\n<main>\n<h1>The RPCs of Attlas</h1>\n",
      "<p>Each takes a message as JSON and gives one. The same for programs: ",
      "<a href=\"/openapi.json\">openapi.json</a>.</p>\n", Contents(services));
  for (const ServiceDescriptor* service : services) {
    absl::StrAppend(&html, "<h2>", service->full_name(), "</h2>\n",
                    Prose(comments.OfService(service->full_name())));
    for (int i = 0; i < service->method_count(); ++i) {
      html += MethodSection(*service->method(i), comments);
    }
  }
  const std::vector<const Descriptor*> messages = MessagesOf(services);
  html += "<h2>Messages</h2>\n";
  for (const Descriptor* message : messages) html += MessageSection(*message, comments);
  html += "<h2>Enumerations</h2>\n";
  for (const google::protobuf::EnumDescriptor* type : EnumsOf(messages)) {
    html += EnumSection(*type, comments);
  }
  return html + "</main>\n</body>\n</html>\n";
}

std::string_view ReferenceStyle() { return kStyle; }

std::string WelcomePage() {
  return absl::StrCat(
      kHead,
      "<title>Attlas</title>\n</head>\n<body>\n<main>\n<h1>Attlas</h1>\n<p>The page is not part of "
      "this build; start the daemon with <code>--web_dir</code> to serve one.</p>\n<p>The RPCs are "
      "there: <a href=\"/reference\">what they are</a>, "
      "<a href=\"/openapi.json\">the same for programs</a>.</p>\n</main>\n</body>\n</html>\n");
}

}  // namespace attlas::gateway
