#include "catalogue/assistant/plain_words.h"

#include <set>
#include <sstream>
#include <string>

namespace fragua::catalogue::assistant {

namespace {

using Words = std::set<std::string, std::less<>>;

Words words_in(const char* text) {
  Words words;
  std::istringstream input(text);
  for (std::string word; input >> word;) words.insert(word);
  return words;
}

constexpr char kSpanish[] =
    "a actualmente ademas ahora ahi al algo alguna algunas alguno algunos ante aqui asi asimismo aunque aun bajo bien bienvenido buena buenas bueno buenos busca buscas cada casi claro comienza como compra con consulta cual cuales cualquier cuando cuanto cuantos cuesta cuestan "
    "de debes del dentro depende desafortunadamente desde despues dime disculpa disfruta dispones donde durante el ella ellos elige empieza en encontraras encontre entonces entrada entradas entre era eres es esa esas ese eso esos espero esta estan estas este esto estos exacto existe existen "
    "fecha fechas genial gracias gran ha habra hacia han hasta hay he hemos hola hora ideal igual igualmente incluye inicio la lamentablemente lamento las le les lo los luego lugar mas me mejor menos mi mientras mira mis mucha muchas mucho muchos muy nada ni ninguna ninguno no nos nosotros nuestra "
    "nuestras nuestro nuestros o ofrece ofrecemos os otra otras otro otros para pero perfecto perdon podemos podria podrias por porque precio precios pregunta primero primera prueba pues puede pueden puedes puedo que quiero quieres quizas quiza recomendamos recomiendo recuerda respecto respuesta "
    "sabes saludos se segun ser sera seran si siempre siento sin sobre solo son soy su sugerimos sugiero sus tal tambien tampoco te tendra tenemos tengo tiene tienen tienes toda todas todo todos tras tu tus ultima ultimo un una unas uno unos usted va varias varios ven visita voy y ya yo";
constexpr char kEnglish[] =
    "about according actually additionally after all also although an and another any are as at based be because before both but by can check choose could currently date dates did do does each either enjoy every feel find first for from further glad great had happy has have hello here hi hope how however i "
    "if in is it its last let like list looking many maybe me more most my near next none nor not nothing of ok on once one only or other others our out per perhaps please price prices put right see several she should since so some sorry sure take thank thanks that the their them then there these they this "
    "those though ticket tickets to too try unfortunately until up upcoming us use very was we welcome well were what when where whether which while who will with within without would yes you your";
constexpr char kCatalan[] =
    "aquest aquesta aquestes aquests aixo aixi al als altra altre altres amb aqui ara avui be bona cada cap com comenca costa costen d dels des despres disposem el els em en encara entre era es et fins ha hem hi ho i jo l la les li llavors meva molt molta moltes molts n nomes nosaltres nostra nostre nostres o on "
    "pel pels per perque pero podem podeu podria pots preu preus puc qual quan quant quants que quina quines quins recomanem recomano res s sense ser si sobre som son te tens tenim tinc tot tota totes tots trobaras tu un una unes uns us val vols";
constexpr char kPortuguese[] =
    "ainda ao aos aquela aqui as assim ate bem boa cada claro com como comeca custa custam da das de depois desde deste do dos e ela ele em entao entre era es essa esse esta estao estas este estes eu foi ha infelizmente isso ja la lhe mais mas meu muito muitos na nao nas nem nenhum no nos nossa nossas nosso "
    "nossos o obrigado ola onde os ou outra outras outro outros para pela pelo pelos podemos podes pode porque posso preco precos procuras qual quais quando quanto quantos que quer queres recomendo se seja sem ser seu seus sim so sobre somos sou sua tal tambem tem temos tenho teu toda todas todo todos tu um uma umas uns vamos voce";

const Words& plain() {
  static const Words words = [] {
    Words all;
    for (const auto* text : {kSpanish, kEnglish, kCatalan, kPortuguese}) all.merge(words_in(text));
    return all;
  }();
  return words;
}

}  // namespace

bool is_plain_word(std::string_view folded) { return plain().contains(folded); }

bool denies(std::string_view folded) {
  static const Words words = words_in("no ningun ninguna ninguno not none nothing don doesn isn aren tampoco sin without nao nenhum nenhuma cap res sense never nunca jamas");
  return words.contains(folded);
}

bool offers(std::string_view folded) {
  static const Words words = words_in("tenemos hay ofrecemos disponemos existe existen tiene have has offer offers are is tenim hi oferim temos ha existem oferecemos encontre");
  return words.contains(folded);
}

bool is_relative_day(std::string_view folded) {
  static const Words words = words_in("hoy manana ayer today tomorrow yesterday tonight avui dema ahir hoje amanha ontem");
  return words.contains(folded);
}

bool is_vague_figure(std::string_view folded) {
  static const Words words = words_in(
      "cientos centenares centenar miles decenas docena docenas millones millon hundreds thousands dozens dozen millions million tens centenes milers desenes dotzena milions centenas milhares dezenas duzia milhoes mitad doble triple half double twice gratis gratuito gratuita gratuitos gratuitas free gratuit");
  return words.contains(folded);
}

}  // namespace fragua::catalogue::assistant
