#include "catalogue/question/small_words.h"

#include <array>
#include <string>
#include <unordered_set>

#include "base/strings.h"

namespace fragua::catalogue {

namespace {

struct Language {
  std::string_view code;
  std::string_view words;   // that tell it from the others
};

// Articles, prepositions, pronouns, auxiliary verbs and greetings.
constexpr std::array<Language, 4> kLanguages = {{
    {"es", "el la los las un una unos unas lo y o u e de del al a en con por para sin sobre entre que cual cuales como cuando donde quien cuanto "
           "cuantos cuanta cuantas hay haya habra es son sea sean ser siendo esta estan esten estar este esta estos estas ese esa esos esas algo alguno alguna "
           "algunos algunas algun ningun ninguna nada mi mis me te se le les nos tu tus su sus yo si no mas menos muy tambien solo solamente pero "
           "quiero quisiera quiera queremos querria busco buscamos buscar buscando dame dime damos muestrame muestra mostrar ensename "
           "encuentra encuentrame mirame mira encontrar necesito necesitamos tengo tenemos tienes teneis tienen tiene puedo puedes podeis podemos podria "
           "podrias gustaria gusta gustan apetece interesa interesan interesaria ver verlo ir voy vamos vaya iria salir hola buenas buenos gracias "
           "favor porfa porfavor oye dias tardes hacer hacen haga tocan tocar toca toquen suena vendeis venden ofreceis hazme pon ponme sacame "
           "recomiendas recomiendame recomienda recomendais sugiere aconsejas existe existen disponible disponibles todo toda todos todas otro "
           "otra otros otras mejor mejores buen bueno buena cualquier cualquiera tipo estilo clase genero ciudad cerca zona lugar sitio aqui alli "
           "ahora ya luego pronto noche noches tarde dia dias semana mes meses ano anos fecha fechas hora horas precio precios euro euros eur "
           "entrada entradas ticket tickets boleto boletos billete billetes evento eventos actuacion actuaciones espectaculo espectaculos plan "
           "planes bolo bolos directo directos vivo musica musical musicales grupo grupos banda bandas artista artistas cosa cosas oferta ofertas "
           "lista listado listame catalogo cartel agenda gente persona personas amigo amigos amiga amigas pareja familia gran grande grandes "
           "nuevo nueva nuevos nuevas proximo proximos proxima proximas barato cosilla ahi hasta desde durante segun mientras porque pues sino "
           "aunque ni tampoco salvo excepto menos mismo misma ante bajo hacia tras via vez veces san santa los parte favorito favoritos "
           "comprar compro reservar consultar saber informacion info sacar pillar queda quedan quedar quede puedas pueda abierto abiertos anda venga tio quiere "
           "parece seria fuera fuese estaria mola molaria molan flipa flipan ganas idea tirar apetezca apuntarme acercarme escuchar oir disfrutar "
           "preferencia preferiblemente prefiero preferimos haber habia hubo hubiera soy somos vivimos estoy estamos importa igual ultimo ultimos ultima ultimas cosita rollo onda plis cuesta cuestan cueste vale valen "
           "asistir celebra celebran celebrar programado programados programadas prevista previstos previstas actual mediados principios finales final "
           "fin principio comienzos"},
    {"en", "a the an and or of in on at to for with without by from between that which what when where who how many much there is are be any some "
           "something anything nothing none my me i you your we us our they it its not no do does did can could would should will want wanted need "
           "looking look search find show give list tell see get go going like love please hello hi hey thanks thank have has having got near "
           "around about this these those more less most least very only just also but than then other another all every each good great best "
           "better new upcoming available event events concert concerts gig gigs show shows ticket tickets music band bands group groups artist "
           "artists live thing things kind type genre style city town place venue date dates day days night nights week month year price prices "
           "euro euros bucks cost costs buy book playing play plays happening am friend friends people two next coming tonight evening free if "
           "so as into out up off over listing listings listen hear hearing check whats hows lets im id ive theres during performing perform don doesn isn didn "
           "anywhere somewhere interested prefer"},
    {"ca", "el la de del a en o que lo les per al als dels un una no es els uns unes i amb per sense entre quin quina quins quines com quan hi ha son sigui estan aquest aquesta aquests aquestes "
           "alguna alguns algunes res meu meva em et es ens us jo si mes menys molt tambe nomes pero vull voldria volem busco cerco cercar "
           "busquem dona mostra mostrar ensenya troba trobar necessito tinc tenim teniu tens puc podeu agradaria agrada agraden veure anar vaig "
           "anem sortir bon bona gracies sisplau plau fer fan toquen veneu tot tota tots totes altre altra altres millor millors bons "
           "bones tipus estil genere ciutat prop aqui ara nit nits vespre dies setmana mesos any anys data dates preu preus entrada entrades "
           "esdeveniment esdeveniments concert concerts espectacle musica musics grup grups artistes cosa coses llista gran grans nou nova nous "
           "noves proper propers propera properes fins des durant perque sino ni ves comprar quants quantes quant hagi siguin excepte tret "
           "voldriem podria podries tindria barri lloc"},
    {"pt", "o a e de que os um uma uns umas ao aos da das do dos em no na nos nas com por pelo pela sem entre qual quais quando onde quem quanto quantos "
           "quantas ha tem tenha sao seja sejam este esta estes estas esse essa isso algum alguma alguns algumas nenhum nenhuma nada meu minha meus "
           "minhas eu voce voces nao mais menos muito tambem so mas quero queria queremos gostaria gosto procuro procuramos procurar busco "
           "mostre mostra mostrar mostrem diga de me encontre encontrar preciso precisamos tenho temos tens posso pode podem ver ir vou vamos sair "
           "ola bom boa obrigado obrigada favor fazer fazem tocam vendem tudo todo toda todos todas outro outra outros outras melhor melhores "
           "bons boas tipo estilo genero cidade perto aqui agora noite noites dia dias semana mes meses ano anos data datas preco precos "
           "bilhete bilhetes ingresso ingressos evento eventos concerto concertos show shows espetaculo musica grupo grupos banda bandas artista "
           "artistas coisa coisas lista grande grandes novo nova novos novas proximo proximos proxima proximas ate desde durante porque nem "
           "exceto fora comprar existe existem disponiveis haver havera quer podia poderia havia sitio"},
}};

using Words = std::unordered_set<std::string>;

Words words_of_list(std::string_view list) {
  const auto words = split(list, ' ');
  return {words.begin(), words.end()};
}

const std::array<Words, 4>& by_language() {
  static const std::array<Words, 4> all = [] {
    std::array<Words, 4> words;
    for (std::size_t i = 0; i < kLanguages.size(); ++i) words[i] = words_of_list(kLanguages[i].words);
    return words;
  }();
  return all;
}

}  // namespace

bool is_small(std::string_view word) {
  if (word.size() <= 1) return true;
  const std::string known(word);
  for (const auto& words : by_language())
    if (words.contains(known)) return true;
  return false;
}

std::string language_of(const Question& question) {
  std::array<int, 4> counts{};
  for (std::size_t at = 0; at < question.size(); ++at) {
    std::array<bool, 4> has{};
    int languages = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) languages += has[i] = by_language()[i].contains(question[at].word);
    // A word of one language alone says much, one of all says nothing.
    for (std::size_t i = 0; i < counts.size(); ++i)
      if (has[i]) counts[i] += 4 - languages;
  }
  std::size_t best = 0;
  for (std::size_t i = 1; i < counts.size(); ++i)
    if (counts[i] > counts[best]) best = i;
  return std::string(kLanguages[best].code);
}

}  // namespace fragua::catalogue
