// Whose side is who on: our own addresses, the direction of a mail, the clients it concerns.
#include <algorithm>

#include "catalogue/impl.hpp"

namespace genchi::catalogue {

std::string client_identifier(std::string_view address) {
  const std::string domain = domain_of(address);
  return domain.empty() || is_shared_domain(domain) ? "addr:" + std::string(address) : "domain:" + domain;
}

bool Catalogue::Impl::is_ours(std::string_view address) const {
  if (own.contains(std::string(address))) return true;
  return !own_domains.empty() && own_domains.contains(domain_of(address));
}

Parties Catalogue::Impl::parties(const std::vector<Participant>& people, std::uint32_t flags) const {
  const auto first_outside = [&](Role role) {
    const auto at = std::find_if(people.begin(), people.end(), [&](const Participant& p) {
      return p.role == role && !p.address.empty() && !is_ours(p.address);
    });
    return at == people.end() ? std::string() : at->address;
  };
  const auto has = [&](Role role, bool ours) {
    return std::any_of(people.begin(), people.end(), [&](const Participant& p) {
      return p.role == role && !p.address.empty() && is_ours(p.address) == ours;
    });
  };

  Parties out;
  const bool from_us = has(Role::from, true) || (!has(Role::from, false) && has(Role::sender, true));
  const bool to_outside = has(Role::to, false) || has(Role::cc, false) || has(Role::bcc, false);
  std::string main;
  if (!from_us) {
    main = first_outside(Role::from);
    if (main.empty()) main = first_outside(Role::sender);
  } else if (const std::string reply = first_outside(Role::reply_to); !reply.empty() && !to_outside) {
    main = reply;  // our own contact form: from us to us, the client stands in Reply-To
  } else if (const std::string form = first_outside(Role::form); !form.empty() && !to_outside) {
    main = form;
  } else {
    out.direction = flags & flag_auto ? Direction::automatic : Direction::out;
    for (const Role role : {Role::to, Role::cc, Role::bcc}) {
      main = first_outside(role);
      if (!main.empty()) break;
    }
  }

  constexpr std::size_t most = 100;
  const auto add = [&](const std::string& address) {
    // One that was taken out of its company is not the company's any more.
    const std::string own_identifier = "addr:" + address;
    for (const std::string& identifier : {book.decided(own_identifier) ? own_identifier : client_identifier(address), own_identifier})
      if (out.identifiers.size() < most && std::find(out.identifiers.begin(), out.identifiers.end(), identifier) == out.identifiers.end())
        out.identifiers.push_back(identifier);
  };
  if (!main.empty()) {
    out.client = book.head(book.decided("addr:" + main) ? "addr:" + main : client_identifier(main));
    add(main);
  }
  for (const auto& p : people) {
    if (p.address.empty() || is_ours(p.address) || p.role == Role::delivered_to) continue;
    if (p.role == Role::form && main != p.address) continue;  // an address quoted in some body proves nothing
    add(p.address);
  }
  return out;
}

std::vector<Participant> Catalogue::Impl::participants(Database& connection, std::int64_t message) const {
  std::vector<Participant> out;
  Statement& s = connection.cached(
      "SELECT p.role, a.address FROM participant p JOIN address a ON a.id=p.address WHERE p.message=? ORDER BY p.n");
  for (s.bind(message); s.step();) out.push_back({static_cast<Role>(s.integer(0)), std::string(s.text(1)), ""});
  return out;
}

void Catalogue::Impl::load_own() {
  own.clear();
  own_domains.clear();
  for (Statement s = db.prepare("SELECT address, domain FROM address WHERE own=1"); s.step();) {
    own.insert(std::string(s.text(0)));
    if (!is_shared_domain(s.text(1)) && !s.text(1).empty()) own_domains.insert(std::string(s.text(1)));
  }
}

void Catalogue::Impl::set_own(const std::set<std::string>& addresses) {
  const std::set<std::string> before(own.begin(), own.end());
  if (addresses == before) return;
  db.exec("UPDATE address SET own=0 WHERE own=1");
  for (const auto& address : addresses) {
    address_id(address);
    db.prepare("UPDATE address SET own=1 WHERE address=?").bind(address).run();
  }
  const std::unordered_set<std::string> domains_before = own_domains;
  load_own();
  // Only mails that name an address whose side changed come out otherwise.
  const auto changed = [&](const Participant& p) {
    const std::string domain = domain_of(p.address);
    return before.contains(p.address) != addresses.contains(p.address) || domains_before.contains(domain) != own_domains.contains(domain);
  };

  struct Change {
    std::int64_t id;
    Parties who;
    std::string hash;
  };
  std::vector<Change> changes;
  const auto apply = [&] {
    Statement update = db.prepare("UPDATE message SET direction=?, client=? WHERE id=?");
    for (const auto& change : changes) {
      update.bind(static_cast<int>(change.who.direction), change.who.client.empty() ? std::nullopt : std::optional(change.who.client), change.id).run();
      mark_mail(change.hash);
    }
    // Those they were of until now have lost messages: all streams are gone through again, also after a kill.
    if (!changes.empty()) set_meta("facts_revision", 0);
    changes.clear();
  };
  Statement s = db.prepare("SELECT id, flags, hash FROM message WHERE chat IS NULL AND id>? ORDER BY id LIMIT 1000");
  for (std::int64_t last = 0;;) {
    bool any = false;
    for (s.bind(last); s.step(); any = true) {
      last = s.integer(0);
      const auto people = participants(db, last);
      if (std::none_of(people.begin(), people.end(), changed)) continue;
      Parties who = parties(people, static_cast<std::uint32_t>(s.integer(1)));
      changes.push_back({last, std::move(who), std::string(s.blob(2))});
    }
    apply();
    if (!any) break;
  }
}

// Addresses that mail of ours was sent from or delivered to, by what the mailboxes themselves show.
std::set<std::string> Catalogue::Impl::guess_own() {
  std::set<std::string> out;
  const auto collect = [&](Statement s, std::int64_t at_least) {
    while (s.step())
      if (s.integer(1) >= at_least) out.insert(std::string(s.text(0)));
  };
  const std::int64_t mails = db.query_integer("SELECT count(*) FROM mail").value_or(0);
  if (mails == 0) return out;
  const std::int64_t sent = db.query_integer("SELECT count(*) FROM mail WHERE in_sent").value_or(0);
  collect(db.prepare("SELECT a.address, count(*) FROM mail l JOIN participant p ON p.message=l.message AND p.role=1 "
                     "JOIN address a ON a.id=p.address WHERE l.in_sent GROUP BY a.id"),
          std::max<std::int64_t>(1, sent / 50));
  const std::int64_t delivered = db.query_integer("SELECT count(DISTINCT message) FROM participant WHERE role=7").value_or(0);
  collect(db.prepare("SELECT a.address, count(*) FROM participant p JOIN address a ON a.id=p.address WHERE p.role=7 GROUP BY a.id"),
          std::max<std::int64_t>(2, delivered / 5));
  if (!out.empty()) return out;
  // Nothing says so outright: the one address that most mails come from or go to.
  collect(db.prepare("SELECT a.address, count(DISTINCT p.message) AS n FROM participant p JOIN address a ON a.id=p.address "
                     "WHERE p.role IN (1, 4, 5) GROUP BY a.id ORDER BY n DESC, a.address LIMIT 1"),
          std::max<std::int64_t>(3, mails * 6 / 10));
  return out;
}

bool Catalogue::Impl::settle_own(Update& update) {
  if (!meta_text("own_given").empty()) return false;
  const std::set<std::string> guess = guess_own();
  if (guess == std::set<std::string>(own.begin(), own.end())) return false;
  set_own(guess);
  update.guessed_own.assign(guess.begin(), guess.end());
  return true;
}

}  // namespace genchi::catalogue
