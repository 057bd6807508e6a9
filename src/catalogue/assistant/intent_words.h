// Intent words: the patterns by which intents are known, in four languages, without accents. Callers: intent. Threads: constants.
// What a pattern looks like: folded_words.h. Never holds a catalogue's values: those come from its data.
#pragma once
#include <string_view>

namespace fragua::catalogue::assistant::patterns {

inline constexpr std::string_view kHowMany =
    "cuantos | cuantas | quants | quantes | quantos | quantas | how many | number of | numero de | nombre de | total de | numero total";
// "¿cuánto cuesta?": a price, in whatever words.
inline constexpr std::string_view kPriceQuestion =
    "cuanto cuesta* | cuanto vale* | cuanto son | a cuanto | cuanto sale* | cuanto es | cuanto hay que pagar | que precio* | cual es el precio | cuales son los precios | precios de | precio de | "
    "dime el precio | rango de precios | que cuesta* | que vale* | how much | what price* | price of | prices of | price range | what ~ cost | what are the prices | "
    "quant costa | quant costen | quant val | quant valen | quin preu | quins preus | preu de | preus de | preu del | preus dels | quanto custa* | que preco* | qual e o preco | preco do | precos dos | preco dos | quais sao os precos | "
    "entre que precios | de que precio | que precios";
inline constexpr std::string_view kCheapest =
    "mas barat* | mas economic* | menos car* | cheapest | least expensive | mes barat* | mes economic* | mais barat* | mais economic* | lowest price* | lowest priced | menor precio | precio mas bajo | "
    "precio minimo | minimum price | preu minim | preu mes baix | preco minimo | preco mais baixo";
inline constexpr std::string_view kDearest =
    "mas car* | most expensive | priciest | dearest | mes car | mes cara | mes cars | mes cares | mais car* | precio mas alto | precio maximo | highest price* | highest priced | maximum price | preu maxim | preu mes alt | preco maximo | preco mais alto";

inline constexpr std::string_view kAverage =
    "precio medio | precios medios | precio promedio | promedio | de media | media de precios | media de los precios | average | on average | mean price | preu mitja | de mitjana | preu mig | preus mitjans | "
    "preco medio | em media | media de precos | media dos precos";
// Of a facet's values, the one with the most items.
inline constexpr std::string_view kMost =
    "hay mas | tiene mas | tienen mas | teneis mas | tenemos mas | con mas | donde mas | hacen mas | hace mas | mas popular* | mas frecuente* | mas habitual* | mas comun* | mas repetid* | the most | has more | have more | "
    "are there more | more in | most concerts | most events | most popular | most common | most frequent | hi ha mes | te mes | teniu mes | amb mes | mes popular* | mes frequent* | mes habitual* | "
    "tem mais | ha mais | com mais | mais popular* | mais comum | mais comuns | mais frequente*";
inline constexpr std::string_view kFewest =
    "hay menos | tiene menos | tienen menos | teneis menos | con menos | donde menos | menos popular* | menos frecuente* | menos habitual* | menos comun* | the fewest | the least | fewer | has less | least popular | "
    "least common | hi ha menys | te menys | teniu menys | amb menys | menys popular* | menys habitual* | tem menos | ha menos | com menos | menos comum | menos frequente*";
inline constexpr std::string_view kWhere = "donde | where | a on | on hi ha | on teniu | onde";

// After "el próximo": a stretch of time, not an item.
inline constexpr std::string_view kNextPeriod =
    "proximo mes | proxima semana | proximo fin | proximo ano | proximos dias | proximas semanas | proximos meses | next month | next week | next weekend | next year | next few | next days | mes que viene | "
    "proper mes | propera setmana | proper cap | proximo fim | proxima sexta | proximo sabado | proximo domingo | proximo lunes | proximo martes | proximo miercoles | proximo jueves | proximo viernes | "
    "next monday | next tuesday | next wednesday | next thursday | next friday | next saturday | next sunday | mes vinent | setmana vinent";
inline constexpr std::string_view kNext = "proximo | proxima | next | siguiente | proper | propera | vinent | seguinte | mas cercano | mas pronto | soonest | mais proximo";
inline constexpr std::string_view kFirst =
    "el primer | la primera | primero de | cual es el primero | the first | first concert | first event | primer concierto | primer evento | primer concert | el primer | o primeiro | a primeira | primeiro | mas temprano | earliest | cuando empiezan | when do they start";
inline constexpr std::string_view kLast =
    "el ultimo | la ultima | cual es el ultimo | the last | last concert | last event | ultimo concierto | ultimo evento | latest | darrer | darrera | l ultim | ultim concert | o ultimo | a ultima | ultimo | hasta cuando | until when";
inline constexpr std::string_view kWhen = "cuando | when | quan | quando | que dia | que dias | que fecha* | what date* | which day* | quin dia | quins dies | que data* | a que hora | what time";

// Before or around a facet's name: "¿qué ciudades?", "list of genres".
inline constexpr std::string_view kWhichBefore =
    "que | cuales | cual | lista | listado | listame | todas | todos | todos los | todas las | dime | ensename | en que | de que | what | which | list | all | show | quins | quines | quina | quin | tots | totes | "
    "llista | quais | qual | lista de | todas as | todos os | en cuantas | en cuantos | de cuantos | de cuantas";

inline constexpr std::string_view kPurchase =
    "como compro | como comprar | como puedo comprar | como se compra* | donde compro | donde comprar | donde puedo comprar | donde se compra* | puedo comprar | comprar entrada* | comprar una entrada | comprar las entradas | comprar tickets | comprar ~ entradas | "
    "quiero comprar | necesito comprar | pagar | pago | pagos | metodo* de pago | formas de pago | tarjeta* | bizum | paypal | transferencia | a plazos | financia* | "
    "mi compra | mi pedido | my order | la meva compra | minha compra | devol* | devuelv* | reembols* | cancel* | anula* | cambio de nombre | cambiar el nombre | cambiar ~ nombre | cambiar ~ entrada* | revend* | revent* | transferir | "
    "tipo de entrada* | tipos de entrada* | clases de entrada* | tipo de ticket* | tipos de ticket* | entrada vip | entradas vip | vip | entrada general | gastos de gestion | gastos de envio | comision | comisiones | factura* | recibo | "
    "imprim* | descarg* | codigo qr | qr | entrada digital | entradas digitales | recoger | taquilla* | no he recibido | no me ha llegado | no me llega* | perdi la entrada | he perdido | perdido ~ entrada* | "
    "menor de edad | menores de edad | entrar menores | con menores | edad minima | dni | silla de ruedas | movilidad reducida | accesibilidad | descuento* | codigo promocional | cupon* | lista de espera | reservar | reserva | reservas | "
    "how do i buy | how can i buy | how to buy | where can i buy | where do i buy | can i buy | buy ticket* | buy a ticket | buying | purchase* | payment* | pay | credit card | card | refund* | return ~ ticket* | money back | exchange ~ ticket* | "
    "ticket type* | types of ticket* | kinds of ticket* | kind of ticket* | type of ticket* | vip ticket* | invoice* | receipt | booking fee* | fees | resell | resale | print ~ ticket* | lost ~ ticket* | discount* | promo code | wheelchair | age limit | minimum age | "
    "com compro | com puc comprar | on puc comprar | on compro | comprar entrades | pagament* | targeta | retorn* | reemborsament* | tipus d entrada | tipus d entrades | tipus de entrades | descompte* | "
    "onde compro | onde posso comprar | como posso comprar | comprar bilhete* | comprar ingresso* | pagamento* | cartao | reembolso* | devolucao | tipo de bilhete* | tipos de bilhete* | tipos de ingresso* | desconto*";

inline constexpr std::string_view kConnector =
    "y | e | and | what about | how about | pues | entonces | tambien | que tal | que hay de | que pasa con | then | mas bien | pero | but";
inline constexpr std::string_view kMore =
    "mas | dame mas | ensename mas | muestrame mas | ver mas | quiero ver mas | hay mas | alguno mas | alguna mas | algun otro | otros | otras | los siguientes | las siguientes | siguiente pagina | y los demas | cuales mas | que mas | more | show more | show me more | "
    "any more | any others | next ones | the rest | more please | mes | ensenya m mes | mostra m mes | mais | mostra mais | mostre mais | quero ver mais";
// Asks something of an item without saying which.
inline constexpr std::string_view kPointsBack =
    "cuanto cuesta | cuanto cuestan | cuanto vale | cuanto valen | que precio tiene* | a que hora | cuando es | cuando son | que dia es | donde es | donde son | en que sala | en que ciudad es | en que ciudad | dime mas | mas informacion | mas detalles | cuentame mas | "
    "how much is it | how much does it cost | how much are they | what time | when is it | where is it | tell me more | more details | more info* | quant costa | quant val | a quina hora | quan es | on es | quanto custa | a que horas | quando e | onde e | "
    "hablame del primero | hablame de ese | y ese";
// Words that a question has which points at an item.
inline constexpr std::string_view kAnyItem = "algo | alguno | alguna | algun | something | anything | any | alguma | algum | res | quelcom | recomi* | suger* | suggest* | recommend* | plan | planes | planazo";
// Asks whether there is something.
inline constexpr std::string_view kExistence =
    "hay | habra | teneis | tienen | tienes | vendeis | venden | toca | tocan | tocara | actua* | viene | vienen | entradas | busco | quiero ver | quiero ir | me gustaria ver | "
    "do you have | have you | got | is there | are there | playing | play | plays | tickets for | looking for | want to see | hi ha | teniu | toquen | tem | voces tem | ha | tocam | bilhetes para";
inline constexpr std::string_view kAll = "todos | todas | todo | lista completa | all | every | tots | totes | tudo | full list";

inline constexpr std::string_view kGreeting =
    "hola | holi | buenas | buenos | buen | dias | dia | tardes | noches | saludos | hello | hi | hey | good | morning | evening | afternoon | bon | bona | bones | tarda | nit | ola | oi | bom | boa | tarde | noite | que | tal | como | estas | va | "
    "how | are | you | com | estas | tot | be | tudo | bem | everyone | there";
inline constexpr std::string_view kGreetingMark =
    "hola | holi | buenas | buenos dias | buen dia | saludos | hello | hi | hey | good morning | good evening | good afternoon | bon dia | bona tarda | bona nit | ola | oi | bom dia | boa tarde | boa noite | que tal | how are you | tudo bem | com va";
inline constexpr std::string_view kThanks =
    "gracias | muchas | muchisimas | mil | vale | perfecto | genial | estupendo | guay | ok | okay | de | acuerdo | thanks | thank | you | very | much | a | lot | great | cool | perfect | gracies | moltes | perfecte | d | acord | obrigado | obrigada | muito | "
    "por | todo | tu | la | ayuda | your | for | help | so | merci | bien | muy";
inline constexpr std::string_view kThanksMark = "gracias | thanks | thank you | gracies | merci | obrigado | obrigada | vale | perfecto | genial | estupendo | ok | okay | de acuerdo | great | cool | perfect | perfecte | d acord";
inline constexpr std::string_view kGoodbye =
    "adios | hasta | luego | pronto | manana | chao | ciao | nos | vemos | bye | goodbye | see | you | later | soon | adeu | fins | aviat | ara | despres | tchau | ate | logo | breve | cuidate | take | care";
inline constexpr std::string_view kGoodbyeMark = "adios | hasta luego | hasta pronto | hasta manana | chao | ciao | nos vemos | bye | goodbye | see you | adeu | fins aviat | fins despres | fins ara | tchau | ate logo | ate breve";
inline constexpr std::string_view kAbout =
    "quien eres | que eres | como te llamas | que puedes hacer | que sabes hacer | en que ~ ayudar* | en que me ayudas | para que sirves | eres un bot | eres una ia | eres un robot | eres humano | eres una persona | que haces | como funcionas | "
    "who are you | what are you | what can you do | what do you do | your name | are you a bot | are you human | how do you work | qui ets | que pots fer | com et dius | quem es tu | quem e voce | o que voce faz | o que podes fazer | que podes fazer | ayuda | ajuda | help";

}  // namespace fragua::catalogue::assistant::patterns
