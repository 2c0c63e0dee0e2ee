// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/embedded.h"

#include <QCoreApplication>
#include <QLibraryInfo>
#include <QLocale>

#include <vector>

// Q_INIT_RESOURCE declares a function of the global namespace, so it cannot stand inside ours.
static void initialise() { Q_INIT_RESOURCE(embedded); }

namespace bothways::resources {

namespace {

std::vector<std::unique_ptr<QTranslator>> &installed()
{
    static std::vector<std::unique_ptr<QTranslator>> translators;
    return translators;
}

QString &current()
{
    static QString language = QStringLiteral("en");
    return language;
}

void install(std::unique_ptr<QTranslator> translator)
{
    QCoreApplication::installTranslator(translator.get());
    installed().push_back(std::move(translator));
}

} // namespace

void load() { initialise(); }

bool useLanguage(const QString &language)
{
    if (language == QLatin1String("en")) {
        current() = language;
        installed().clear(); // a translator removes itself when it goes
        QLocale::setDefault(QLocale(QLocale::English));
        return true;
    }
    auto own = textsOf(language);
    if (own == nullptr) {
        return false;
    }
    current() = language;
    installed().clear();
    auto qt = std::make_unique<QTranslator>();
    if (qt->load(QStringLiteral("qtbase_") + language, QLibraryInfo::path(QLibraryInfo::TranslationsPath))) {
        install(std::move(qt));
    }
    install(std::move(own));
    QLocale::setDefault(QLocale(language)); // dates follow the texts
    return true;
}

QString language() { return current(); }

std::unique_ptr<QTranslator> textsOf(const QString &language)
{
    auto texts = std::make_unique<QTranslator>();
    const bool loaded = texts->load(QStringLiteral(":/i18n/bothways_%1.qm").arg(language));
    return loaded ? std::move(texts) : nullptr;
}

QString demoTitle(const QString &name)
{
    if (name == QLatin1String("seed-topology")) {
        return QCoreApplication::translate("demo", "The VM’s firewall lets no ping in");
    }
    if (name == QLatin1String("bridge-rule")) {
        return QCoreApplication::translate("demo", "The virtual switch filters pings to the VM");
    }
    if (name == QLatin1String("vpn-route")) {
        return QCoreApplication::translate("demo", "A VPN’s routes take the VM’s addresses away");
    }
    if (name == QLatin1String("stale-neighbour")) {
        return QCoreApplication::translate("demo", "This host keeps an old MAC of the VM");
    }
    if (name == QLatin1String("healthy")) {
        return QCoreApplication::translate("demo", "Nothing is wrong");
    }
    return name;
}

} // namespace bothways::resources
